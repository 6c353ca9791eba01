import { isUtf8 } from "node:buffer";

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

/**
 * A txtar file of these parts. What is not plain text, does not end in a newline or looks like the beginning of a part is
 * marked `base64`. Text is latin1: one character a byte.
 */
export function formatTxtar(parts: Iterable<readonly [name: string, content: string]>): string {
  let text = "";
  for (const [name, content] of parts) {
    text += isPlain(content)
      ? `-- ${name} --\n${content}`
      : `-- ${name} base64 --\n${Buffer.from(content, "latin1").toString("base64")}\n`;
  }
  return text;
}

const isPlain = (content: string): boolean =>
  (content === "" || content.endsWith("\n")) &&
  /^[\t\n\r\x20-\x7e\x80-\xff]*$/.test(content) &&
  isUtf8(Buffer.from(content, "latin1")) &&
  !/^-- .+ --$/m.test(content);
