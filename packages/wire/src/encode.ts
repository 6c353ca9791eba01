import type { Dialect } from "./dialect.ts";
import { EncodeError } from "./encode-error.ts";
import { encodeExtension, extensionSize } from "./extension.ts";
import { encodeHeader, headerBytes, maximumMessageBytes, type OutgoingMessage } from "./message.ts";

/** A message longer than {@link maximumMessageBytes}. */
export class MessageTooLongError extends EncodeError {
  override readonly name = "MessageTooLongError";

  constructor(bytes: number) {
    super("message", `${bytes} bytes`, `at most ${maximumMessageBytes} bytes`);
  }
}

/**
 * Writes one message. Padding is zero unless the message says otherwise. The bytes may hold keys: whoever sends them
 * overwrites them afterwards.
 *
 * @throws {@link EncodeError} if a value does not fit its field or the dialect has no number for a name.
 * @throws {@link MessageTooLongError} if the message is longer than its length field can say.
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { encode, inByteOrder, linux, request } from "@keysock/wire";
 *
 * const register = { ...request("register", "esp"), sequence: 1, pid: 1234 };
 * assert.deepEqual(
 *   encode(register, inByteOrder(linux, "little")),
 *   Uint8Array.of(2, 7, 0, 3, 2, 0, 0, 0, 1, 0, 0, 0, 0xd2, 4, 0, 0),
 * );
 * ```
 */
export function encode(message: OutgoingMessage, dialect: Dialect): Uint8Array {
  const sizes = message.extensions.map((extension) => extensionSize(extension, dialect));
  const total = sizes.reduce((sum, size) => sum + size, headerBytes);
  if (total > maximumMessageBytes) throw new MessageTooLongError(total);
  const bytes = new Uint8Array(total);
  const writer = {
    bytes,
    view: new DataView(bytes.buffer),
    littleEndian: dialect.byteOrder === "little",
    sockaddr: dialect.tables.sockaddr,
  };
  encodeHeader(writer, message, dialect);
  let at = headerBytes;
  for (const [i, extension] of message.extensions.entries()) {
    encodeExtension(writer, at, extension, sizes[i]!, dialect);
    at += sizes[i]!;
  }
  return bytes;
}
