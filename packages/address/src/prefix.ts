import { type Family, familyOf, formatAddress, parseAddress } from "./address.ts";

/** The addresses whose first `length` bits are those of `address`. */
export interface Prefix {
  /** 4 or 16 bytes in network order; host bits may be set. */
  address: Uint8Array;
  /** 0 to 32, or to 128. */
  length: number;
}

/** A text that should have been a prefix. */
export class InvalidPrefixError extends Error {
  override readonly name = "InvalidPrefixError";
  readonly text: string;

  constructor(text: string) {
    super(`"${text}" is not a prefix, expected one like 192.0.2.0/24 or 2001:db8::/32`);
    this.text = text;
  }
}

/** A prefix length that the family does not have. */
export class PrefixLengthError extends Error {
  override readonly name = "PrefixLengthError";
  readonly length: number;
  readonly family: Family;

  constructor(length: number, family: Family) {
    super(`${length} is not a prefix length, expected 0 to ${addressBits[family]} for ${family}`);
    this.length = length;
    this.family = family;
  }
}

const addressBits: Readonly<Record<Family, number>> = { inet: 32, inet6: 128 };

/**
 * A prefix as `ADDRESS/LENGTH`; an address alone is the prefix of that host. The length is decimal without leading
 * zeros.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parsePrefix, readAddress } from "@keysock/address";
 *
 * assert.deepEqual(parsePrefix("10.0.0.0/8"), { address: readAddress("10.0.0.0"), length: 8 });
 * assert.equal(parsePrefix("2001:db8::1")?.length, 128);
 * assert.equal(parsePrefix("10.0.0.0/33"), undefined);
 * ```
 */
export function parsePrefix(text: string): Prefix | undefined {
  const slash = text.indexOf("/");
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  const bits = addressBits[familyOf(address)];
  if (slash < 0) return { address, length: bits };
  const digits = text.slice(slash + 1);
  if (!/^(?:0|[1-9][0-9]*)$/.test(digits) || Number(digits) > bits) return undefined;
  return { address, length: Number(digits) };
}

/**
 * {@link parsePrefix} for a text that has to be a prefix.
 *
 * @throws {@link InvalidPrefixError}
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { InvalidPrefixError, readPrefix } from "@keysock/address";
 *
 * assert.equal(readPrefix("10.0.0.0/8").length, 8);
 * assert.throws(() => readPrefix("10/8"), InvalidPrefixError);
 * ```
 */
export function readPrefix(text: string): Prefix {
  const prefix = parsePrefix(text);
  if (prefix === undefined) throw new InvalidPrefixError(text);
  return prefix;
}

/**
 * The text that {@link parsePrefix} reads, always with the length.
 *
 * @throws {@link AddressLengthError}
 * @throws {@link PrefixLengthError}
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatPrefix, readAddress } from "@keysock/address";
 *
 * assert.equal(formatPrefix({ address: readAddress("2001:db8::"), length: 32 }), "2001:db8::/32");
 * ```
 */
export function formatPrefix(prefix: Prefix): string {
  checkLength(prefix.length, familyOf(prefix.address));
  return `${formatAddress(prefix.address)}/${prefix.length}`;
}

/**
 * A netmask: as many ones as the prefix is long, then zeros.
 *
 * @param length - 0 to 32, or to 128.
 * @throws {@link PrefixLengthError}
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { maskBytes } from "@keysock/address";
 *
 * assert.deepEqual(maskBytes(20, "inet"), Uint8Array.of(255, 255, 240, 0));
 * ```
 */
export function maskBytes(length: number, family: Family): Uint8Array {
  checkLength(length, family);
  return Uint8Array.from({ length: addressBits[family] / 8 }, (_, index) => {
    const ones = Math.min(Math.max(length - index * 8, 0), 8);
    return 0xff00 >> ones;
  });
}

/**
 * The same prefix with its host bits cleared.
 *
 * @throws {@link AddressLengthError}
 * @throws {@link PrefixLengthError}
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { normalise, readPrefix } from "@keysock/address";
 *
 * assert.deepEqual(normalise(readPrefix("10.1.2.3/8")), readPrefix("10.0.0.0/8"));
 * ```
 */
export function normalise(prefix: Prefix): Prefix {
  const mask = maskBytes(prefix.length, familyOf(prefix.address));
  return { address: prefix.address.map((byte, index) => byte & mask[index]!), length: prefix.length };
}

/**
 * Whether an address lies in a prefix. One of the other family never does.
 *
 * @throws {@link AddressLengthError}
 * @throws {@link PrefixLengthError}
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { contains, readAddress, readPrefix } from "@keysock/address";
 *
 * assert.equal(contains(readPrefix("10.0.0.0/8"), readAddress("10.1.2.3")), true);
 * assert.equal(contains(readPrefix("::/0"), readAddress("10.1.2.3")), false);
 * ```
 */
export function contains(prefix: Prefix, address: Uint8Array): boolean {
  const mask = maskBytes(prefix.length, familyOf(prefix.address));
  if (familyOf(address) !== familyOf(prefix.address)) return false;
  return address.every((byte, index) => ((byte ^ prefix.address[index]!) & mask[index]!) === 0);
}

function checkLength(length: number, family: Family): void {
  if (!Number.isInteger(length) || length < 0 || length > addressBits[family]) {
    throw new PrefixLengthError(length, family);
  }
}
