/**
 * PF_KEY messages back to back on a stream: each states its own length in `sadb_msg_len` (RFC 2367 section 2.3.1), in
 * words of 8 bytes at offset 4.
 */
const lengthOffset = 4;
const lengthEnd = 6;
const wordBytes = 8;
/** The base header alone. */
const shortest = 2 * wordBytes;

/** The longest message that may come over a stream, in bytes: the send buffer that the originals ask of a kernel. */
export const maxFrameBytes = 128 * 1024;

/** A message on a stream states a length that none can have, so nobody knows where the next begins. */
export class FrameError extends Error {
  override readonly name = "FrameError";
  /** Bytes that the message says it has. */
  readonly length: number;

  constructor(length: number) {
    super(`a message says that it has ${length} bytes: expected ${shortest} to ${maxFrameBytes}`);
    this.length = length;
  }
}

/** Cuts a stream into messages. */
export interface FrameReader {
  /**
   * Takes the next bytes of the stream and delivers each message that they complete, as a copy.
   *
   * @throws {@link FrameError} after the messages before the bad one are delivered; the reader is of no use then
   */
  push(bytes: Uint8Array, deliver: (message: Uint8Array) => void): void;
  /** Bytes of a message that has begun and not ended. */
  readonly pending: number;
}

/** Bytes that a message says it has. It needs to have its base header. */
export function frameLength(message: Uint8Array, byteOrder: "little" | "big"): number {
  const [first, second] = message.subarray(lengthOffset, lengthEnd);
  const words = byteOrder === "little" ? first! | (second! << 8) : (first! << 8) | second!;
  return words * wordBytes;
}

/** Whether a message can go over a stream: its stated length is within the bounds and is what it has. */
export function isFrame(message: Uint8Array, byteOrder: "little" | "big"): boolean {
  const { length } = message;
  return length >= shortest && length <= maxFrameBytes && frameLength(message, byteOrder) === length;
}

/**
 * Cuts a stream of PF_KEY messages into its messages.
 *
 * @param byteOrder - of the length field
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { frameReader } from "@keysock/socket";
 *
 * const reader = frameReader("little");
 * const messages: Uint8Array[] = [];
 * const flush = Uint8Array.of(2, 9, 0, 3, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
 * reader.push(flush.subarray(0, 5), (message) => messages.push(message));
 * assert.equal(messages.length, 0);
 * reader.push(flush.subarray(5), (message) => messages.push(message));
 * assert.deepEqual(messages, [flush]);
 * ```
 */
export function frameReader(byteOrder: "little" | "big"): FrameReader {
  const begun = new Uint8Array(maxFrameBytes);
  let pending = 0;
  return {
    push(bytes, deliver) {
      for (let rest = bytes; rest.length > 0; ) {
        const wanted = pending < lengthEnd ? lengthEnd : checkedLength();
        const taken = rest.subarray(0, wanted - pending);
        begun.set(taken, pending);
        pending += taken.length;
        rest = rest.subarray(taken.length);
        if (pending < lengthEnd || pending < checkedLength()) continue;
        deliver(begun.slice(0, pending));
        begun.fill(0, 0, pending);
        pending = 0;
      }
    },
    get pending() {
      return pending;
    },
  };

  function checkedLength(): number {
    const length = frameLength(begun, byteOrder);
    if (length < shortest || length > maxFrameBytes) throw new FrameError(length);
    return length;
  }
}
