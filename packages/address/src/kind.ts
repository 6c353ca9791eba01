/**
 * What kind of address it is. Bytes that are no address are of no kind.
 */

/**
 * `0.0.0.0` or `::`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isUnspecified, readAddress } from "@keysock/address";
 *
 * assert.equal(isUnspecified(readAddress("::")), true);
 * ```
 */
export function isUnspecified(address: Uint8Array): boolean {
  return isAddress(address) && address.every((byte) => byte === 0);
}

/**
 * `127.0.0.0/8` or `::1`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isLoopback, readAddress } from "@keysock/address";
 *
 * assert.equal(isLoopback(readAddress("127.0.0.53")), true);
 * ```
 */
export function isLoopback(address: Uint8Array): boolean {
  if (address.length === 4) return address[0] === 127;
  return address.length === 16 && address.every((byte, index) => byte === (index === 15 ? 1 : 0));
}

/**
 * `224.0.0.0/4` or `ff00::/8`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isMulticast, readAddress } from "@keysock/address";
 *
 * assert.equal(isMulticast(readAddress("ff02::1")), true);
 * ```
 */
export function isMulticast(address: Uint8Array): boolean {
  if (address.length === 4) return (address[0]! & 0xf0) === 0xe0;
  return address.length === 16 && address[0] === 0xff;
}

/**
 * `255.255.255.255`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isBroadcast, readAddress } from "@keysock/address";
 *
 * assert.equal(isBroadcast(readAddress("255.255.255.255")), true);
 * ```
 */
export function isBroadcast(address: Uint8Array): boolean {
  return address.length === 4 && address.every((byte) => byte === 0xff);
}

/**
 * `169.254.0.0/16` (RFC 3927) or `fe80::/10`: an address that needs a scope.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isLinkLocal, readAddress } from "@keysock/address";
 *
 * assert.equal(isLinkLocal(readAddress("fe80::1")), true);
 * ```
 */
export function isLinkLocal(address: Uint8Array): boolean {
  if (address.length === 4) return address[0] === 169 && address[1] === 254;
  return address.length === 16 && address[0] === 0xfe && (address[1]! & 0xc0) === 0x80;
}

/**
 * `fec0::/10`, out of use since RFC 3879; IPv4 has none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isSiteLocal, readAddress } from "@keysock/address";
 *
 * assert.equal(isSiteLocal(readAddress("fec0::1")), true);
 * ```
 */
export function isSiteLocal(address: Uint8Array): boolean {
  return address.length === 16 && address[0] === 0xfe && (address[1]! & 0xc0) === 0xc0;
}

const isAddress = (bytes: Uint8Array): boolean => bytes.length === 4 || bytes.length === 16;
