/**
 * The addresses of a message as illumos understands them: those of IPv4 are of AF_INET, however they were sent.
 */
import type { AddressExtension, Inet6Sockaddr, InetSockaddr, Message, Outgoing } from "@keysock/wire";
import { Diagnostic } from "./diagnostic.ts";
import { refuse } from "./refuse.ts";

export type AddressKind = Exclude<AddressExtension["kind"], "natTOriginalAddress">;

/** An address of a family that there is. */
export interface Address extends Outgoing<AddressExtension> {
  kind: AddressKind;
  sockaddr: InetSockaddr | Inet6Sockaddr;
}

export type Addresses = Partial<Record<AddressKind, Address>>;

interface Rule {
  readonly kind: AddressKind;
  readonly badFamily: number;
  /** The diagnostic for what is wrong with it. */
  readonly fault: (address: Address) => number | undefined;
}

/** In the order in which GET shows them, which is that in which they are looked at. */
const rules: readonly Rule[] = [
  {
    kind: "addressSource",
    badFamily: Diagnostic.badSourceFamily,
    fault: ({ sockaddr }) => (isForMany(sockaddr) ? Diagnostic.badSource : undefined),
  },
  {
    kind: "addressDestination",
    badFamily: Diagnostic.badDestinationFamily,
    fault: ({ sockaddr }) => (isUnspecified(sockaddr.address) ? Diagnostic.badDestination : undefined),
  },
  {
    kind: "addressNatTLocal",
    badFamily: Diagnostic.badNatTLocalFamily,
    fault: natTFault(Diagnostic.badNatTLocalFamily, Diagnostic.malformedNatTLocal),
  },
  {
    kind: "addressNatTRemote",
    badFamily: Diagnostic.badNatTRemoteFamily,
    fault: natTFault(Diagnostic.badNatTRemoteFamily, Diagnostic.malformedNatTRemote),
  },
  {
    kind: "addressProxy",
    badFamily: Diagnostic.badInnerSourceFamily,
    fault: prefixFault(Diagnostic.badInnerSourcePrefix),
  },
  {
    kind: "addressInnerDestination",
    badFamily: Diagnostic.badInnerDestinationFamily,
    fault: prefixFault(Diagnostic.badInnerDestinationPrefix),
  },
];

export const addressKinds: readonly AddressKind[] = rules.map(({ kind }) => kind);

/** @throws Refusal with EINVAL and 8 to 13, 55, 56 or 64 to 69 */
export function addressesOf(message: Message): Addresses {
  const addresses: Addresses = {};
  for (const { kind, badFamily, fault } of rules) {
    const given = message.extensions.find(
      (extension): extension is AddressExtension => extension.kind === kind,
    );
    if (given === undefined) continue;
    const address = normalised(given, kind);
    if (address === undefined) refuse(badFamily);
    const diagnostic = fault(address);
    if (diagnostic !== undefined) refuse(diagnostic);
    addresses[kind] = address;
  }
  agree(addresses, ["addressSource", "addressDestination"], Diagnostic.familyMismatch);
  agree(addresses, ["addressProxy", "addressInnerDestination"], Diagnostic.innerFamilyMismatch);
  return addresses;
}

/**
 * What only a message about a whole SA is asked: one protocol at both ends, and ports outside or inside.
 *
 * @throws Refusal with EINVAL and 70, 71 or 72
 */
export function checkSelectors(addresses: Addresses): void {
  const { addressSource: source, addressDestination: destination } = addresses;
  const { addressProxy: innerSource, addressInnerDestination: innerDestination } = addresses;
  if (source && destination && source.protocol !== destination.protocol) {
    refuse(Diagnostic.protocolMismatch);
  }
  if (innerSource && innerDestination && innerSource.protocol !== innerDestination.protocol) {
    refuse(Diagnostic.innerProtocolMismatch);
  }
  const havePort = (...ends: (Address | undefined)[]) => ends.some((end) => end && end.sockaddr.port !== 0);
  if (havePort(source, destination) && havePort(innerSource, innerDestination)) {
    refuse(Diagnostic.dualPortSets);
  }
}

export const isUnspecified = (address: Uint8Array): boolean => address.every((byte) => byte === 0);

/** Bits before the IPv4 address in `::ffff:192.0.2.1`. */
const mappedBits = 96;
const mappedPrefix: readonly number[] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

/** Undefined for a family that there is not. */
function normalised(
  { sockaddr, protocol, prefixLength }: AddressExtension,
  kind: AddressKind,
): Address | undefined {
  if (typeof sockaddr.family === "number") return undefined;
  const { port, address } = sockaddr;
  if (sockaddr.family === "inet") {
    return { kind, protocol, prefixLength, reserved: 0, sockaddr: { family: "inet", port, address } };
  }
  if (!mappedPrefix.every((byte, index) => address[index] === byte)) {
    const { scopeId } = sockaddr;
    const plain = { family: "inet6", port, flowInfo: 0, address, scopeId } as const;
    return { kind, protocol, prefixLength, reserved: 0, sockaddr: plain };
  }
  const inet = { family: "inet", port, address: address.slice(mappedPrefix.length) } as const;
  return { kind, protocol, prefixLength: unmapped(prefixLength, kind), reserved: 0, sockaddr: inet };
}

/** The prefix length of an outer address means nothing, and need not count the bits that go. */
function unmapped(prefixLength: number, kind: AddressKind): number {
  if (prefixLength >= mappedBits) return prefixLength - mappedBits;
  return kind === "addressProxy" || kind === "addressInnerDestination" ? noPrefix : prefixLength;
}

/** More bits than any address has. */
const noPrefix = 0xff;

/** Multicast or broadcast. */
function isForMany({ family, address }: Address["sockaddr"]): boolean {
  if (family === "inet6") return address[0] === 0xff;
  return ((address[0] ?? 0) & 0xf0) === 0xe0 || address.every((byte) => byte === 0xff);
}

function natTFault(badFamily: number, malformed: number): Rule["fault"] {
  return ({ sockaddr }) => {
    if (sockaddr.family !== "inet") return badFamily;
    return isForMany(sockaddr) || isUnspecified(sockaddr.address) ? malformed : undefined;
  };
}

function prefixFault(badPrefix: number): Rule["fault"] {
  return ({ sockaddr, prefixLength }) => (prefixLength > sockaddr.address.length * 8 ? badPrefix : undefined);
}

/** Two addresses must be of one family, but `::` at one end becomes 0.0.0.0 if the other one is of IPv4. */
function agree(addresses: Addresses, ends: readonly [AddressKind, AddressKind], mismatch: number): void {
  const [first, second] = ends.map((kind) => addresses[kind]);
  if (first === undefined || second === undefined) return;
  if (first.sockaddr.family === second.sockaddr.family) return;
  const any = [first, second].find(isAnyInet6);
  if (any === undefined) refuse(mismatch);
  addresses[any.kind] = {
    ...any,
    prefixLength: Math.min(any.prefixLength, 32),
    sockaddr: { family: "inet", port: any.sockaddr.port, address: new Uint8Array(4) },
  };
}

const isAnyInet6 = ({ sockaddr }: Address): boolean =>
  sockaddr.family === "inet6" && isUnspecified(sockaddr.address);
