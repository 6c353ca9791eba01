/** Rows of text as a Markdown table: the first column to the left, the others to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, i) => Math.max(3, ...[head, ...rows].map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join(" | ")} |`;
  const rule = widths.map((width, i) => (i === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return `${[head, rule, ...rows].map(line).join("\n")}\n`;
}

/** What stands for a figure that is not known. */
const unknown = "-";

/** `1.07` */
export const seconds = (ms: number | undefined): string =>
  ms === undefined ? unknown : (ms / 1000).toFixed(2);

/** Millions of bytes: `95.9`. */
export const megabytes = (bytes: number | undefined): string =>
  bytes === undefined ? unknown : (bytes / 1e6).toFixed(1);

/** `1.07` */
export const ratio = (a: number, b: number): string => (a / b).toFixed(2);

/** `100,000` */
export const grouped = (value: number): string => value.toLocaleString("en-US");
