import type { Extension } from "../extension.ts";
import type { Message } from "../message.ts";

/** A field: its offset, whose byte order it is in, and what is in it, most significant byte first. */
export type Field = readonly [offset: number, order: "host" | "network", hex: string, name: string];

/** A structure of that size. What no field covers stays 0xa5, and so shows in a comparison. */
export function assemble(size: number, fields: readonly Field[], byteOrder: "little" | "big"): Uint8Array {
  const bytes = new Uint8Array(size).fill(0xa5);
  for (const [offset, order, hex] of fields) {
    const value = bytesOfHex(hex);
    bytes.set(order === "host" && byteOrder === "little" ? value.reverse() : value, offset);
  }
  return bytes;
}

/** Bytes of hexadecimal digits; blanks and line ends between them do not count. */
export function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.replace(/\s/g, "").match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
}

/** The header of an extension. */
export const head = (words: string, type: string): Field[] => [
  [0, "host", words, "length"],
  [2, "host", type, "type"],
];

/** A message of these extensions: a GET of an ESP SA, sequence 1, pid 2. */
export const message = (extensions: Extension[]): Message => ({
  version: 2,
  type: "get",
  saType: "esp",
  errno: 0,
  reserved: 0,
  sequence: 1,
  pid: 2,
  extensions,
});

/** The bytes of such a message. */
export function messageOf(extensions: Uint8Array, byteOrder: "little" | "big"): Uint8Array {
  const words = 2 + extensions.length / 8;
  const header = assemble(
    16,
    [
      [0, "network", "02050003", "version, type, errno, saType"],
      [4, "host", words.toString(16).padStart(4, "0"), "length"],
      [6, "host", "0000", "reserved"],
      [8, "host", "00000001", "sequence"],
      [12, "host", "00000002", "pid"],
    ],
    byteOrder,
  );
  const message = new Uint8Array(header.length + extensions.length);
  message.set(header);
  message.set(extensions, header.length);
  return message;
}
