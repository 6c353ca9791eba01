import type { OutgoingExtension } from "@keysock/wire";
import { isIpv4, type NetAddress } from "./resolve.ts";

/** Any address of the same family. */
export const wildcardFor = ({ address }: NetAddress): NetAddress => ({
  address: new Uint8Array(address.length),
  scopeId: 0,
});

/** An address as Linux takes it: of its own family, its prefix whole unless given. */
export function linuxAddress(
  kind: "addressSource" | "addressDestination" | "addressProxy",
  given: NetAddress,
  prefixLength = given.address.length * 8,
): OutgoingExtension {
  const { address, scopeId } = given;
  const sockaddr = isIpv4(given)
    ? ({ family: "inet", port: 0, address } as const)
    : ({ family: "inet6", port: 0, flowInfo: 0, address, scopeId } as const);
  return { kind, protocol: 0, prefixLength, reserved: 0, sockaddr };
}
