/**
 * What Linux has in extensions of its own (linux/pfkeyv2.h), in the words that ipseckey has for the same on illumos.
 */
import { isUnspecified } from "@keysock/address";
import { find, IpsecMode, type Message, type NatTPortExtension, type Sa2Extension } from "@keysock/wire";
import { addressLine } from "./lines.ts";

/** UDP_ENCAP_ESPINUDP (linux/udp.h), RFC 3948. */
const espInUdp = 2;

/** Whether the SA's packets are in UDP as `encap udp` means it. */
export const isUdp = (message: Message): boolean => find(message, "natTType")?.natTType === espInUdp;

/** The source is taken for the local end: only so do both ports find their place again. */
export function natTPortLines({ kind, port }: NatTPortExtension, message: Message): string[] {
  const isSource = kind === "natTSourcePort";
  const sockaddr = find(message, isSource ? "addressSource" : "addressDestination")?.sockaddr;
  if (!isUdp(message) || sockaddr === undefined || typeof sockaddr.family === "number") return [];
  const words = isSource ? (["nat_loc ", "nat_lport"] as const) : (["nat_rem ", "nat_rport"] as const);
  return [addressLine(words, { ...sockaddr, port }, "")];
}

/** Whether ADDRESS_PROXY is but the source of the SA's selector, which Linux shows without a tunnel too: an inner address would make one. */
export function isSelector(message: Message): boolean {
  const mode = find(message, "sa2")?.mode;
  return mode !== undefined && mode !== IpsecMode.tunnel;
}

/**
 * An inner address makes a tunnel. Linux leaves out one that is the same as the source; where that is any, an inner protocol makes the
 * tunnel, and 0 is any.
 */
export function tunnelLines({ mode }: Sa2Extension, message: Message): string[] {
  if (mode !== IpsecMode.tunnel || find(message, "addressProxy") !== undefined) return [];
  const source = find(message, "addressSource")?.sockaddr;
  if (source === undefined || !("address" in source) || isUnspecified(source.address))
    return ["    iproto 0"];
  return [addressLine(["isrc", "isport"], source, "")];
}
