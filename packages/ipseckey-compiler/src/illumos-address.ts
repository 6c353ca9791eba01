import { toV4Mapped } from "@keysock/address";
import type { OutgoingExtension } from "@keysock/wire";
import type { NetAddress } from "./resolve.ts";

/** The extensions that hold an address. */
export type AddressKind =
  | "addressSource"
  | "addressDestination"
  | "addressProxy"
  | "addressInnerDestination"
  | "addressNatTLocal"
  | "addressNatTRemote";

/** `::`, which is any address of either family. */
export const anyAddress: NetAddress = { address: new Uint8Array(16), scopeId: 0 };

/** An address as ipseckey sends it to illumos: always as one of IPv6, and then those of IPv4 mapped. */
export function illumosAddress(
  kind: AddressKind,
  { address, scopeId }: NetAddress,
  {
    port = 0,
    protocol = 0,
    prefixLength = 0,
  }: { port?: number; protocol?: number; prefixLength?: number } = {},
): OutgoingExtension {
  const sockaddr = { family: "inet6", port, flowInfo: 0, address: toV4Mapped(address), scopeId } as const;
  return { kind, protocol, prefixLength, reserved: 0, sockaddr };
}
