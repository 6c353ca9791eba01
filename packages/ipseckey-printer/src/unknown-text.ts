import type { PrintOptions } from "./options.ts";

const wordBytes = 8;

/** Keys are KEY_AUTH and KEY_ENCRYPT everywhere, and STR_AUTH on illumos (net/pfkeyv2.h). */
const isKey = (type: number, illumos: boolean): boolean =>
  type === 8 || type === 9 || (illumos && type === 28);

/**
 * An extension that has no text of its own, word by word; a key that could not be read is one too.
 *
 * @param bytes - the extension, its header included
 */
export function unknownText(type: number, bytes: Uint8Array, { dialect, paranoid }: PrintOptions): string {
  const hidden = paranoid && isKey(type, dialect.name === "illumos");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let text = `UNK: Unknown ext. ${type}, len ${bytes.length}.\n`;
  for (let at = 0; at + wordBytes <= bytes.length; at += wordBytes) {
    const word = view.getBigUint64(at, dialect.byteOrder === "little").toString(16);
    text += `UNK: 0x${hidden && at > 0 ? "XX".repeat(wordBytes) : word}\n`;
  }
  return text;
}
