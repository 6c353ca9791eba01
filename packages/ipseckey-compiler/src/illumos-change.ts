import type { SaVerb } from "@keysock/ipseckey-grammar";
import {
  type Dialect,
  IllumosSaFlag,
  type MessageType,
  type OutgoingExtension,
  type OutgoingMessage,
  request,
  SaState,
  saTypeName,
} from "@keysock/wire";
import type { CompileContext } from "./context.ts";
import { identityExtension } from "./identity.ts";
import { anyAddress, illumosAddress } from "./illumos-address.ts";
import { keyExtension } from "./keys.ts";
import { hasLimit, lifetime } from "./lifetime.ts";
import { isTunnel, nullCipher, type Parameters, SaTypeNumber, smallNumber } from "./parameters.ts";
import type { GivenAddress } from "./resolve.ts";
import type { Target } from "./targets.ts";

const types: Readonly<Partial<Record<SaVerb, MessageType>>> = {
  add: "add",
  update: "update",
  "update-pair": "updatepair",
};

/** `add`, `update` and `update-pair` of one SA, the extensions in the original's order. */
export function illumosChange(
  verb: SaVerb,
  parameters: Parameters,
  { source = anyAddress, destination = anyAddress }: Target,
  { dialect }: CompileContext,
): OutgoingMessage {
  const { saType, numbers } = parameters;
  const protocol = smallNumber(parameters, "proto");
  const natTRemote = natTAddress(parameters, "addressNatTRemote");
  const natTLocal = natTAddress(parameters, "addressNatTLocal");
  const flags = saFlags(parameters, natTRemote.length > 0, natTLocal.length > 0);
  return request(types[verb]!, saTypeName(saType, dialect), [
    saExtension(parameters, flags),
    ...(numbers.has("pair-spi") ? [pairExtension(parameters)] : []),
    ...(["lifetimeHard", "lifetimeSoft", "lifetimeIdle"] as const)
      .filter((kind) => hasLimit(parameters, kind))
      .map((kind) => lifetime(parameters, kind)),
    ...keyExtensions(parameters, dialect),
    ...identityExtensions(parameters),
    illumosAddress("addressDestination", destination, { port: smallNumber(parameters, "dport"), protocol }),
    ...natTRemote,
    ...natTLocal,
    illumosAddress("addressSource", source, { port: smallNumber(parameters, "sport"), protocol }),
    ...innerAddresses(parameters),
    ...(numbers.has("replay_value") ? [replayExtension(parameters)] : []),
  ]);
}

function saExtension(parameters: Parameters, flags: number): OutgoingExtension {
  const { saType, state, authentication = 0, encryption } = parameters;
  return {
    kind: "sa",
    spi: smallNumber(parameters, "spi"),
    replay: smallNumber(parameters, "replay"),
    state: state || SaState.mature,
    authentication,
    // ESP that does not say how it encrypts does not.
    encryption: encryption || (saType === SaTypeNumber.esp ? nullCipher : 0),
    flags,
  };
}

function saFlags(parameters: Parameters, natTRemote: boolean, natTLocal: boolean): number {
  const { given, numbers } = parameters;
  const flags: readonly [boolean, number][] = [
    [given.has("inbound"), IllumosSaFlag.inbound],
    [given.has("outbound"), IllumosSaFlag.outbound],
    [numbers.has("pair-spi"), IllumosSaFlag.paired],
    [isTunnel(parameters), IllumosSaFlag.tunnel],
    [natTRemote, IllumosSaFlag.natTRemote],
    [natTLocal, IllumosSaFlag.natTLocal],
  ];
  return flags.reduce((sum, [is, flag]) => (is ? sum | flag : sum), 0);
}

const pairExtension = (parameters: Parameters): OutgoingExtension => ({
  kind: "pair",
  spi: smallNumber(parameters, "pair-spi"),
});

const replayExtension = (parameters: Parameters): OutgoingExtension => ({
  kind: "replayValue",
  replay32: smallNumber(parameters, "replay_value"),
  replay64: 0n,
});

function keyExtensions(parameters: Parameters, dialect: Dialect): OutgoingExtension[] {
  const encryption = parameters.keys.get("encrkey");
  const authentication = parameters.keys.get("authkey");
  const salt = smallNumber(parameters, "reserved_bits") & 0xffff;
  return [
    ...(encryption ? [keyExtension("keyEncryption", encryption, dialect, salt)] : []),
    ...(authentication ? [keyExtension("keyAuthentication", authentication, dialect)] : []),
  ];
}

function identityExtensions({ identities }: Parameters): OutgoingExtension[] {
  const source = identities.get("srcidtype");
  const destination = identities.get("dstidtype");
  return [
    ...(source ? [identityExtension("identitySource", source)] : []),
    ...(destination ? [identityExtension("identityDestination", destination)] : []),
  ];
}

/** Without an address but with a port it is any of IPv4, and the only address that is not sent as one of IPv6. */
function natTAddress(
  parameters: Parameters,
  kind: "addressNatTLocal" | "addressNatTRemote",
): OutgoingExtension[] {
  const [name, portName] =
    kind === "addressNatTLocal" ? (["nat_loc", "nat_lport"] as const) : (["nat_rem", "nat_rport"] as const);
  const port = smallNumber(parameters, portName);
  const given = parameters.addresses.get(name);
  if (given !== undefined) return [illumosAddress(kind, given.addresses[0]!, { port })];
  if (port === 0) return [];
  const sockaddr = { family: "inet", port, address: new Uint8Array(4) } as const;
  return [{ kind, protocol: 0, prefixLength: 0, reserved: 0, sockaddr }];
}

/** Where one end is given the other one is any. */
function innerAddresses(parameters: Parameters): OutgoingExtension[] {
  if (!isTunnel(parameters)) return [];
  const protocol = smallNumber(parameters, "iproto");
  const inner = (
    kind: "addressProxy" | "addressInnerDestination",
    given: GivenAddress | undefined,
    port: number,
  ) =>
    given === undefined
      ? illumosAddress(kind, anyAddress, { port, protocol })
      : illumosAddress(kind, given.addresses[0]!, { port, protocol, prefixLength: prefixLength(given) });
  const { addresses } = parameters;
  return [
    inner("addressProxy", addresses.get("inner-src"), smallNumber(parameters, "isport")),
    inner("addressInnerDestination", addresses.get("inner-dst"), smallNumber(parameters, "idport")),
  ];
}

/** That of an IPv4 address counts the 96 bits that come before it. */
function prefixLength({ addresses, prefixLength: length = 128 }: GivenAddress): number {
  const isIpv4 = addresses[0]!.address.length === 4;
  return isIpv4 && length <= 32 ? length + 96 : length;
}
