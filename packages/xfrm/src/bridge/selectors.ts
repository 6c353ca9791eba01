import type { Selector as PfKeySelector } from "@keysock/engine/linux";
import type { XfrmSelector } from "@keysock/wire";
import { addressBytes } from "../address.ts";
import { AddressFamily } from "../numbers.ts";
import type { Selector } from "../selector.ts";
import { familyOf, noAddress, sameAddress } from "./family.ts";

/** Any traffic of a family. */
export const wildcard = (family: number): Selector => ({
  destination: noAddress,
  source: noAddress,
  destinationPort: 0,
  destinationPortMask: 0,
  sourcePort: 0,
  sourcePortMask: 0,
  family,
  destinationPrefixLength: 0,
  sourcePrefixLength: 0,
  protocol: 0,
  interfaceIndex: 0,
  user: 0,
});

/** The selector of an xfrm extension; without addresses it is for every family. XFRM's interface index has a sign. */
export function selectorFrom({ source, destination, ...rest }: XfrmSelector, family: number): Selector {
  const interfaceIndex = rest.interfaceIndex | 0;
  if (source.length === 0) {
    return { ...wildcard(family), ...rest, interfaceIndex, family: AddressFamily.unspec };
  }
  return { ...rest, interfaceIndex, source, destination, family: familyOf(source) };
}

/** The other way round. */
export function selectorTo({ padding, family, source, destination, ...rest }: Selector): XfrmSelector {
  const bytes = (address: Uint8Array) =>
    family === AddressFamily.unspec ? new Uint8Array() : addressBytes(address, family);
  const interfaceIndex = rest.interfaceIndex >>> 0;
  return { ...rest, interfaceIndex, source: bytes(source), destination: bytes(destination) };
}

/** As PF_KEY's messages about policies have it. Directions count from 1 there. */
export const pfkeySelector = (selector: Selector, direction: number): PfKeySelector => ({
  direction: direction + 1,
  source: addressBytes(selector.source, selector.family),
  sourcePrefixLength: selector.sourcePrefixLength,
  sourcePort: selector.sourcePort,
  destination: addressBytes(selector.destination, selector.family),
  destinationPrefixLength: selector.destinationPrefixLength,
  destinationPort: selector.destinationPort,
  protocol: selector.protocol,
});

/** Whether two selectors are for the same traffic. */
export const sameSelector = (a: Selector, b: Selector): boolean =>
  a.family === b.family &&
  a.protocol === b.protocol &&
  a.sourcePort === b.sourcePort &&
  a.destinationPort === b.destinationPort &&
  a.sourcePrefixLength === b.sourcePrefixLength &&
  a.destinationPrefixLength === b.destinationPrefixLength &&
  sameAddress(a.source, b.source) &&
  sameAddress(a.destination, b.destination);
