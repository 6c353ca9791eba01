import { inetText, readInet } from "./inet.ts";
import { inet6Text, parseInet6 } from "./inet6.ts";

/** An address family: IPv4 or IPv6. */
export type Family = "inet" | "inet6";

/** A text that should have been an IP address. */
export class InvalidAddressError extends Error {
  override readonly name = "InvalidAddressError";
  readonly text: string;

  constructor(text: string) {
    super(`"${text}" is not an IP address, expected one like 192.0.2.1 or 2001:db8::1`);
    this.text = text;
  }
}

/** Bytes that should have been an IP address. */
export class AddressLengthError extends Error {
  override readonly name = "AddressLengthError";
  readonly length: number;

  constructor(length: number) {
    super(`${length} bytes are not an IP address, expected 4 or 16`);
    this.length = length;
  }
}

/**
 * The bytes of an address in network order, 4 or 16 of them; undefined where inet_pton(3) accepts the text neither as
 * AF_INET nor as AF_INET6. No blanks, no leading zeros in IPv4, no scope, no prefix.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseAddress } from "@keysock/address";
 *
 * assert.deepEqual(parseAddress("192.0.2.1"), Uint8Array.of(192, 0, 2, 1));
 * assert.equal(parseAddress("2001:db8::1")?.length, 16);
 * assert.equal(parseAddress("192.0.2.01"), undefined);
 * ```
 */
export function parseAddress(text: string): Uint8Array | undefined {
  if (text.includes(":")) return parseInet6(text);
  const bytes = new Uint8Array(4);
  return readInet(text, 0, bytes, 0) ? bytes : undefined;
}

/**
 * {@link parseAddress} for a text that has to be an address.
 *
 * @throws {@link InvalidAddressError}
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { InvalidAddressError, readAddress } from "@keysock/address";
 *
 * assert.deepEqual(readAddress("192.0.2.1"), Uint8Array.of(192, 0, 2, 1));
 * assert.throws(() => readAddress("192.0.2"), InvalidAddressError);
 * ```
 */
export function readAddress(text: string): Uint8Array {
  const address = parseAddress(text);
  if (address === undefined) throw new InvalidAddressError(text);
  return address;
}

/**
 * An address as text, as glibc's inet_ntop(3) writes it. That is RFC 5952, but that IPv4-compatible addresses are mixed
 * as well: `::192.0.2.1`.
 *
 * @param address - 4 or 16 bytes in network order.
 * @throws {@link AddressLengthError}
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatAddress } from "@keysock/address";
 *
 * assert.equal(formatAddress(Uint8Array.of(192, 0, 2, 1)), "192.0.2.1");
 * assert.equal(formatAddress(new Uint8Array(16)), "::");
 * ```
 */
export function formatAddress(address: Uint8Array): string {
  return familyOf(address) === "inet" ? inetText(address, 0) : inet6Text(address);
}

/**
 * The family of an address, by its length.
 *
 * @throws {@link AddressLengthError}
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { familyOf } from "@keysock/address";
 *
 * assert.equal(familyOf(Uint8Array.of(192, 0, 2, 1)), "inet");
 * ```
 */
export function familyOf(address: Uint8Array): Family {
  if (address.length === 4) return "inet";
  if (address.length === 16) return "inet6";
  throw new AddressLengthError(address.length);
}

/**
 * Whether two addresses are the same; those of different families never are.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readAddress, sameAddress } from "@keysock/address";
 *
 * assert.equal(sameAddress(readAddress("2001:db8::1"), readAddress("2001:DB8:0:0:0:0:0:1")), true);
 * ```
 */
export function sameAddress(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
