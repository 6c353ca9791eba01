/**
 * `xfrm_address_t` (linux/xfrm.h): 16 bytes for an address of any family. An IPv4 address is in the first four, and
 * nothing reads the others. Which family it is, a field elsewhere says.
 */
import { EncodeError } from "@keysock/wire";
import { AddressFamily } from "./numbers.ts";
import type { FixedStructure, Reader } from "./structure.ts";
import { byteLength, type Writer } from "./writer.ts";

const bytes = 16;
const inetBytes = 4;

/**
 * The 4 or 16 bytes of an address that is decoded as 16: those that its family gives a meaning to. They are the same
 * memory, not a copy.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { AddressFamily, addressBytes } from "@keysock/xfrm";
 *
 * const address = Uint8Array.of(192, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
 * assert.deepEqual(addressBytes(address, AddressFamily.inet), Uint8Array.of(192, 0, 2, 1));
 * assert.equal(addressBytes(address, AddressFamily.inet6).length, 16);
 * ```
 */
export function addressBytes(address: Uint8Array, family: number): Uint8Array {
  return family === AddressFamily.inet ? address.subarray(0, inetBytes) : address;
}

export const decodeAddress = (reader: Reader, at: number): Uint8Array => reader.bytes.slice(at, at + bytes);

/** Writes 4 bytes, or 16. */
export function putAddress(writer: Writer, at: number, value: Uint8Array, field: string): void {
  const size = byteLength(value, field);
  if (size !== bytes && size !== inetBytes) {
    throw new EncodeError(field, `${size} bytes`, `${inetBytes} or ${bytes} bytes`);
  }
  writer.bytes.set(value, at);
}

export const address: FixedStructure<Uint8Array> = {
  minimum: bytes,
  decode: decodeAddress,
  size: () => bytes,
  encode: (writer, at, value) => putAddress(writer, at, value, "address"),
};
