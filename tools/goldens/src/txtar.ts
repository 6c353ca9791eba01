/** The parts of a txtar file by name; a part marked `base64` is decoded. Text is latin1: one character a byte. */
export function parseTxtar(text: string): Map<string, string> {
  const parts = new Map<string, string>();
  const pieces = text.split(/^-- (.+) --\n/m);
  for (let i = 1; i < pieces.length; i += 2) {
    const [name, encoding] = pieces[i]!.split(" ");
    const content = pieces[i + 1]!;
    parts.set(name!, encoding === "base64" ? Buffer.from(content, "base64").toString("latin1") : content);
  }
  return parts;
}
