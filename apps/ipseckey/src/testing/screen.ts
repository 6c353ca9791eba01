/** The lines that stand on a terminal after what was written to it. It knows what node:readline writes: columns, and erasing. */
export function screen(written: string): string[] {
  const lines = [""];
  let column = 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminals are controlled by them
  for (const [all, column1, erases] of written.matchAll(/\x1b\[(\d*)G|\x1b\[(\d*)J|[\s\S]/g)) {
    const line = lines.at(-1)!;
    if (all === "\n") {
      lines.push("");
      column = 0;
    } else if (all === "\r") column = 0;
    else if (column1 !== undefined) column = Number(column1 || 1) - 1;
    else if (erases !== undefined) lines[lines.length - 1] = line.slice(0, column);
    else {
      lines[lines.length - 1] = line.slice(0, column).padEnd(column) + all + line.slice(column + 1);
      column += 1;
    }
  }
  return lines;
}
