import { hexByte, hexWord } from "./hex.ts";

const bytesPerLine = 16;

/**
 * Bytes as `-H` shows them: 16 on a line after their offset, a blank after each.
 *
 * @param bytes - a message, or any bytes
 * @returns lines that end in a new line; nothing for no bytes. Keys in the message are shown as they are
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { hexDump } from "@keysock/setkey-printer";
 *
 * assert.equal(hexDump(Uint8Array.of(2, 9, 0, 3)), "00000000: 02 09 00 03 \n");
 * ```
 */
export function hexDump(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += bytesPerLine) {
    text += `${hexWord(at)}: `;
    for (const byte of bytes.subarray(at, at + bytesPerLine)) text += `${hexByte(byte)} `;
    text += "\n";
  }
  return text;
}
