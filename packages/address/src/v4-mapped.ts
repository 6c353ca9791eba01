import { AddressLengthError } from "./address.ts";

const prefixBytes = 12;

/**
 * `::ffff:0:0/96`: an IPv4 address in IPv6 form.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isV4Mapped, readAddress } from "@keysock/address";
 *
 * assert.equal(isV4Mapped(readAddress("::ffff:192.0.2.1")), true);
 * ```
 */
export function isV4Mapped(address: Uint8Array): boolean {
  return (
    address.length === 16 &&
    address.subarray(0, prefixBytes).every((byte, index) => byte === (index < 10 ? 0 : 0xff))
  );
}

/**
 * `::/96` without `::` and `::1` (RFC 4291 section 2.5.5.1).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isV4Compatible, readAddress } from "@keysock/address";
 *
 * assert.equal(isV4Compatible(readAddress("::192.0.2.1")), true);
 * assert.equal(isV4Compatible(readAddress("::1")), false);
 * ```
 */
export function isV4Compatible(address: Uint8Array): boolean {
  if (address.length !== 16 || address.subarray(0, prefixBytes).some((byte) => byte !== 0)) return false;
  return address.subarray(prefixBytes, 15).some((byte) => byte !== 0) || address[15]! > 1;
}

/**
 * An IPv4 address in IPv6 form; an IPv6 address as it is.
 *
 * @throws {@link AddressLengthError}
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatAddress, readAddress, toV4Mapped } from "@keysock/address";
 *
 * assert.equal(formatAddress(toV4Mapped(readAddress("192.0.2.1"))), "::ffff:192.0.2.1");
 * ```
 */
export function toV4Mapped(address: Uint8Array): Uint8Array {
  if (address.length === 16) return address;
  if (address.length !== 4) throw new AddressLengthError(address.length);
  const mapped = new Uint8Array(16);
  mapped.fill(0xff, 10, prefixBytes);
  mapped.set(address, prefixBytes);
  return mapped;
}

/**
 * The IPv4 address in a v4-mapped one; any other address as it is.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatAddress, fromV4Mapped, readAddress } from "@keysock/address";
 *
 * assert.equal(formatAddress(fromV4Mapped(readAddress("::ffff:192.0.2.1"))), "192.0.2.1");
 * assert.equal(formatAddress(fromV4Mapped(readAddress("2001:db8::1"))), "2001:db8::1");
 * ```
 */
export function fromV4Mapped(address: Uint8Array): Uint8Array {
  return isV4Mapped(address) ? address.slice(prefixBytes) : address;
}
