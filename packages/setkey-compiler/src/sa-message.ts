import type { ResolvedAddress } from "@keysock/host";
import type { SaStatement } from "@keysock/setkey-grammar";
import {
  IpsecMode,
  type OutgoingExtension,
  type OutgoingMessage,
  request,
  SaState,
  type SaType,
} from "@keysock/wire";
import { addressExtension } from "./address.ts";
import type { AddressPair } from "./address-pairs.ts";
import type { SaAlgorithms } from "./sa-algorithms.ts";
import { SaFlag, type SaOptions } from "./sa-options.ts";
import { type XfrmParts, xfrmExtension } from "./xfrm.ts";

/** Everything that a statement says of an SA but its addresses. */
export interface SaParts {
  kind: SaStatement["kind"];
  saType: SaType;
  spi: number;
  mode: number;
  replay: number;
  options: SaOptions;
  algorithms: SaAlgorithms;
  /** Both lifetimes are sent as soon as one is given. */
  bothLifetimes: boolean;
  /** Of `esp-udp`. */
  natT: NatT | undefined;
  xfrm: XfrmParts;
}

/** NAT traversal: the address before translation, if it is known. */
export interface NatT {
  originalAddress?: ResolvedAddress;
}

/** The extensions of each statement, in the order in which ipsec-tools sends them. */
export function saMessage(parts: SaParts, pair: AddressPair): OutgoingMessage {
  const { kind, saType, spi, mode, replay, options, algorithms } = parts;
  const { encryption, authentication } = algorithms;
  const flags = options.flags | algorithms.flags;
  const sa = saExtensions({ spi, mode, replay, reqid: options.reqid, encryption, authentication, flags });
  const addresses = addressExtensions(pair);
  const xfrm = xfrmExtension(parts.xfrm);
  switch (kind) {
    case "get":
    case "delete":
      return request(kind, saType, [...sa, ...addresses, ...xfrm]);
    case "getspi":
      return request(kind, saType, [...spiRange(parts), ...sa, ...withNatT(parts, pair, addresses), ...xfrm]);
    case "add":
    case "update":
      return request(kind, saType, [
        ...keys(parts.algorithms),
        ...lifetimes(parts),
        ...parts.options.securityContext,
        ...sa,
        ...withNatT(parts, pair, addresses),
        ...xfrm,
      ]);
  }
}

/** A `delete` of one SPI; over XFRM an SA with a mark is found by it, too. */
export function deleteMessage(
  saType: SaType | number,
  spi: number,
  pair: AddressPair,
  mark: XfrmParts["mark"],
): OutgoingMessage {
  const nothing = { mode: IpsecMode.any, replay: 0, reqid: 0, authentication: 0, encryption: 0 };
  return request("delete", saType, [
    ...saExtensions({ spi, ...nothing, flags: SaFlag.cyclicSequence }),
    ...addressExtensions(pair),
    ...xfrmExtension(mark ? { mark } : {}),
  ]);
}

/** What the two extensions of the SA itself hold. */
interface SaFields {
  spi: number;
  mode: number;
  replay: number;
  reqid: number;
  authentication: number;
  encryption: number;
  flags: number;
}

/** The state is larval, as KAME's setkey always sends it; kernels do not look at it. */
function saExtensions(fields: SaFields): OutgoingExtension[] {
  const { spi, mode, replay, reqid, authentication, encryption, flags } = fields;
  return [
    { kind: "sa", spi, replay, state: SaState.larval, authentication, encryption, flags },
    { kind: "sa2", mode, reserved1: 0, reserved2: 0, sequence: 0, reqid },
  ];
}

const addressExtensions = ({ source, destination }: AddressPair): OutgoingExtension[] => [
  addressExtension("addressSource", source),
  addressExtension("addressDestination", destination),
];

function keys({ encryptionKey, authenticationKey }: SaAlgorithms): OutgoingExtension[] {
  return [
    ...(encryptionKey ? [keyExtension("keyEncryption", encryptionKey)] : []),
    ...(authenticationKey ? [keyExtension("keyAuthentication", authenticationKey)] : []),
  ];
}

const keyExtension = (kind: "keyEncryption" | "keyAuthentication", key: Uint8Array): OutgoingExtension => ({
  kind,
  bits: key.length * 8,
  reserved: 0,
  key,
});

/** Linux takes both limits or none (EINVAL otherwise); a limit of 0 is none. */
function lifetimes({ options, bothLifetimes }: SaParts): OutgoingExtension[] {
  const { hardTime, hardBytes, softTime, softBytes } = options;
  const hard = lifetime("lifetimeHard", hardTime, hardBytes);
  const soft = lifetime("lifetimeSoft", softTime, softBytes);
  const hasHard = hardTime !== 0n || hardBytes !== 0n;
  const hasSoft = softTime !== 0n || softBytes !== 0n;
  if (bothLifetimes) return hasHard || hasSoft ? [hard, soft] : [];
  return [...(hasHard ? [hard] : []), ...(hasSoft ? [soft] : [])];
}

const lifetime = (
  kind: "lifetimeHard" | "lifetimeSoft",
  addTime: bigint,
  bytes: bigint,
): OutgoingExtension => ({ kind, allocations: 0, bytes, addTime, useTime: 0n });

const spiRange = ({ spi }: SaParts): OutgoingExtension[] =>
  spi === 0 ? [] : [{ kind: "spiRange", min: spi, max: spi, reserved: 0 }];

/** UDP_ENCAP_ESPINUDP (linux/udp.h). */
const espInUdp = 2;
/** RFC 3948. */
const natTPort = 4500;

function withNatT(
  { natT }: SaParts,
  { source, destination }: AddressPair,
  addresses: OutgoingExtension[],
): OutgoingExtension[] {
  if (natT === undefined) return addresses;
  const { originalAddress } = natT;
  return [
    { kind: "natTType", natTType: espInUdp, reserved: 0 },
    ...(originalAddress ? [addressExtension("natTOriginalAddress", originalAddress)] : []),
    ...addresses,
    { kind: "natTSourcePort", port: source.port || natTPort, reserved: 0 },
    { kind: "natTDestinationPort", port: destination.port || natTPort, reserved: 0 },
  ];
}
