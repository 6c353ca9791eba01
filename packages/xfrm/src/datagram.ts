import { type ByteOrder, linux } from "@keysock/wire";
import { decodeLength, headerBytes } from "./netlink-header.ts";
import { align4 } from "./structure.ts";

/**
 * The messages of a datagram, each as long as it says; they are the same memory, not copies. What at the end is no whole
 * message comes last, as it is: `decode` says what is wrong with it. It throws on no bytes whatever. The byte order is
 * the machine's unless given.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { decode, splitDatagram } from "@keysock/xfrm";
 *
 * const done = [20, 0, 0, 0, 3, 0, 2, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
 * const messages = splitDatagram(Uint8Array.from([...done, ...done]), "little");
 * assert.deepEqual(messages.map((bytes) => decode(bytes, "little").message.type), ["done", "done"]);
 * ```
 */
export function splitDatagram(datagram: Uint8Array, byteOrder: ByteOrder = linux.byteOrder): Uint8Array[] {
  const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.length);
  const littleEndian = byteOrder === "little";
  const messages: Uint8Array[] = [];
  let at = 0;
  while (at < datagram.length) {
    const room = datagram.length - at;
    const length = room < headerBytes ? 0 : decodeLength(view, at, littleEndian);
    if (length < headerBytes || length > room) {
      messages.push(datagram.subarray(at));
      break;
    }
    messages.push(datagram.subarray(at, at + length));
    at += align4(length);
  }
  return messages;
}
