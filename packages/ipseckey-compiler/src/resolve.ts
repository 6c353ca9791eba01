import { familyOf, fromV4Mapped, parseAddress } from "@keysock/address";
import { ResolveError } from "@keysock/host";
import type { AddressFamily } from "@keysock/ipseckey-grammar";
import type { CompileContext } from "./context.ts";

/** An address of either family. */
export interface NetAddress {
  /** 4 or 16 bytes in network order; a v4-mapped one is of IPv4. */
  address: Uint8Array;
  /** Interface index of a link-local IPv6 address, else 0. */
  scopeId: number;
}

/** What an attribute with an address says. */
export interface GivenAddress {
  /** The name or address as written, without prefix length. */
  text: string;
  /** In the resolver's order; at least one. */
  addresses: readonly NetAddress[];
  /** Of a prefix, as written. */
  prefixLength: number | undefined;
}

/** The addresses of a name or an address in figures, or why there are none. */
export function resolve(
  text: string,
  family: AddressFamily,
  { host, numericOnly = false }: CompileContext,
): NetAddress[] | string {
  if (numericOnly) {
    const address = parseAddress(text);
    if (address !== undefined && (family === "any" || address.length === 16)) return [netAddress(address, 0)];
    return family === "any" ? "expected one in figures" : "expected one of IPv6 in figures";
  }
  try {
    const found = host.resolve(text, family === "inet6" ? { family } : {});
    if (found.length > 0) return found.map(({ address, scopeId }) => netAddress(address, scopeId));
    return "it has no addresses";
  } catch (error) {
    if (error instanceof ResolveError) return error.text;
    throw error;
  }
}

const netAddress = (address: Uint8Array, scopeId: number): NetAddress => ({
  address: fromV4Mapped(address),
  scopeId,
});

export const isIpv4 = ({ address }: NetAddress): boolean => familyOf(address) === "inet";
