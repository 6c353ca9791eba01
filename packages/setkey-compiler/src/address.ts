import type { ResolvedAddress } from "@keysock/host";
import type { OutgoingExtension, Sockaddr } from "@keysock/wire";

/** IPSEC_ULPROTO_ANY (linux/ipsec.h). */
export const anyProtocol = 255;

export function sockaddrOf({ family, address, port, scopeId }: ResolvedAddress): Sockaddr {
  return family === "inet" ? { family, port, address } : { family, port, flowInfo: 0, address, scopeId };
}

/** Bits of a whole address. */
export const wholePrefix = ({ family }: Pick<ResolvedAddress, "family">): number =>
  family === "inet" ? 32 : 128;

/** An address extension: of an SA unless protocol and prefix length say otherwise. */
export function addressExtension(
  kind: "addressSource" | "addressDestination" | "natTOriginalAddress",
  address: ResolvedAddress,
  protocol = anyProtocol,
  prefixLength = wholePrefix(address),
): OutgoingExtension {
  return { kind, protocol, prefixLength, reserved: 0, sockaddr: sockaddrOf(address) };
}
