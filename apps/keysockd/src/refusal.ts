import { type Dialect, decode, encode } from "@keysock/wire";

/** Bytes of `struct sadb_msg` (RFC 2367 section 2.3.1). */
const headerBytes = 16;

/**
 * What a kernel says of a message by making `send` fail, as a message: a stream has no other way to say it. It is the
 * request's base header alone, with the errno.
 */
export function refusalOf(request: Uint8Array, errno: number, dialect: Dialect): Uint8Array {
  const { message } = decode(request.subarray(0, headerBytes), dialect);
  return encode({ ...message, errno, extensions: [] }, dialect);
}
