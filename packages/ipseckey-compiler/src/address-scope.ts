import { isLinkLocal, isLoopback, isSiteLocal, isUnspecified, isV4Compatible } from "@keysock/address";

/** How far an IPv6 address reaches: what a source and a destination must have in common. */
export type AddressScope =
  | "unspecified"
  | "link-local"
  | "site-local"
  | "v4-compatible"
  | "loopback"
  | "global";

const scopes: readonly [AddressScope, (address: Uint8Array) => boolean][] = [
  ["unspecified", isUnspecified],
  ["link-local", isLinkLocal],
  ["site-local", isSiteLocal],
  ["v4-compatible", isV4Compatible],
  ["loopback", isLoopback],
];

export const scopeOf = (address: Uint8Array): AddressScope =>
  scopes.find(([, is]) => is(address))?.[0] ?? "global";
