import { AddressFamily } from "../numbers.ts";

/** The family of an address of 4 or 16 bytes. */
export const familyOf = (address: Uint8Array): number =>
  address.length === 4 ? AddressFamily.inet : AddressFamily.inet6;

export const noAddress = new Uint8Array(16);

export const isZero = (address: Uint8Array): boolean => address.every((byte) => byte === 0);

/** Whether two addresses are the same as far as both reach. */
export function sameAddress(a: Uint8Array, b: Uint8Array): boolean {
  const size = Math.min(a.length, b.length);
  for (let at = 0; at < size; at++) if (a[at] !== b[at]) return false;
  return true;
}
