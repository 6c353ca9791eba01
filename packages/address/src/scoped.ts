import { formatAddress, parseAddress } from "./address.ts";

/** An address and, for IPv6, the scope that it is good in. */
export interface ScopedAddress {
  /** 4 or 16 bytes in network order. */
  address: Uint8Array;
  /** An interface's name or a scope number, as written after the `%`. */
  scope?: string;
}

/**
 * An address with or without a scope (RFC 4007 section 11). Only IPv6 has scopes, and an empty one is refused; whether
 * there is such an interface, the machine knows.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseScoped, readAddress } from "@keysock/address";
 *
 * assert.deepEqual(parseScoped("fe80::1%eth0"), { address: readAddress("fe80::1"), scope: "eth0" });
 * assert.deepEqual(parseScoped("192.0.2.1"), { address: readAddress("192.0.2.1") });
 * assert.equal(parseScoped("fe80::1%"), undefined);
 * ```
 */
export function parseScoped(text: string): ScopedAddress | undefined {
  const percent = text.indexOf("%");
  const address = parseAddress(percent < 0 ? text : text.slice(0, percent));
  if (address === undefined) return undefined;
  if (percent < 0) return { address };
  const scope = text.slice(percent + 1);
  return address.length === 16 && scope !== "" ? { address, scope } : undefined;
}

/**
 * The text that {@link parseScoped} reads.
 *
 * @throws {@link AddressLengthError}
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { formatScoped, readAddress } from "@keysock/address";
 *
 * assert.equal(formatScoped({ address: readAddress("fe80::1"), scope: "eth0" }), "fe80::1%eth0");
 * ```
 */
export function formatScoped({ address, scope }: ScopedAddress): string {
  return scope === undefined ? formatAddress(address) : `${formatAddress(address)}%${scope}`;
}
