/**
 * The base header as it lies in a message's bytes: `struct sadb_msg` (RFC 2367 section 2.3.1).
 */
import type { Dialect } from "@keysock/wire";

const field = {
  version: 0,
  type: 1,
  errno: 2,
  saType: 3,
  length: 4,
  reserved: 6,
  sequence: 8,
  pid: 12,
} as const;

export const headerBytes = 16;

/** The base header of a message, as numbers. */
export interface Header {
  readonly version: number;
  readonly type: number;
  readonly errno: number;
  readonly saType: number;
  /** In units of 8 bytes. */
  readonly length: number;
  readonly reserved: number;
  readonly sequence: number;
  readonly pid: number;
}

/** There must be at least 16 bytes. */
export function readHeader(bytes: Uint8Array, dialect: Dialect): Header {
  const view = viewOf(bytes);
  const littleEndian = dialect.byteOrder === "little";
  return {
    version: view.getUint8(field.version),
    type: view.getUint8(field.type),
    errno: view.getUint8(field.errno),
    saType: view.getUint8(field.saType),
    length: view.getUint16(field.length, littleEndian),
    reserved: view.getUint16(field.reserved, littleEndian),
    sequence: view.getUint32(field.sequence, littleEndian),
    pid: view.getUint32(field.pid, littleEndian),
  };
}

/**
 * The header of a message alone, as a message of its own with that errno and, if given, that reserved field. What of it
 * is missing is zero.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { addressExtension, Errno, headerAlone } from "@keysock/engine/linux";
 * import { decode, encode, linux, request } from "@keysock/wire";
 *
 * const source = addressExtension("addressSource", Uint8Array.of(192, 0, 2, 1), 0);
 * const asked = encode(request("promisc", "unspec", [source]), linux);
 * const { type, errno, extensions } = decode(headerAlone(asked, Errno.EINVAL, linux), linux).message;
 * assert.deepEqual([type, errno, extensions], ["promisc", 22, []]);
 * ```
 */
export function headerAlone(
  bytes: Uint8Array,
  errno: number,
  dialect: Dialect,
  reserved?: number,
): Uint8Array {
  const alone = new Uint8Array(headerBytes);
  alone.set(bytes.subarray(0, headerBytes));
  const view = viewOf(alone);
  const littleEndian = dialect.byteOrder === "little";
  view.setUint8(field.errno, errno);
  view.setUint16(field.length, headerBytes / 8, littleEndian);
  if (reserved !== undefined) view.setUint16(field.reserved, reserved, littleEndian);
  return alone;
}

/**
 * Sets the sequence of a message to 0, which ends a dump.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { clearSequence } from "@keysock/engine/linux";
 * import { decode, encode, linux, request } from "@keysock/wire";
 *
 * const bytes = encode({ ...request("dump", "esp"), sequence: 7, pid: 42 }, linux);
 * clearSequence(bytes);
 * const { sequence, pid } = decode(bytes, linux).message;
 * assert.deepEqual([sequence, pid], [0, 42]);
 * ```
 */
export function clearSequence(bytes: Uint8Array): void {
  bytes.fill(0, field.sequence, field.pid);
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
