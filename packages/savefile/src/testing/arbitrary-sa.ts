import { IllumosSaFlag, type LifetimeExtension, type OutgoingExtension, type Sockaddr } from "@keysock/wire";
import fc from "fast-check";

/** An SA as somebody would describe it who wants to say all of it that ipseckey has words for. */
export interface SampleSa {
  saType: "ah" | "esp";
  spi: number;
  replay: number;
  direction: "inbound" | "outbound" | undefined;
  authentication: number;
  authenticationKey: Uint8Array;
  encryption: number;
  encryptionKey: Uint8Array;
  protocol: number;
  source: SampleAddress;
  destination: SampleAddress;
  inner: { protocol: number; source: SamplePrefix; destination: SamplePrefix } | undefined;
  natLocal: SampleAddress | undefined;
  natRemote: SampleAddress | undefined;
  hard: SampleLimits | undefined;
  soft: SampleLimits | undefined;
  idle: Pick<SampleLimits, "addTime" | "useTime"> | undefined;
  sourceIdentity: SampleIdentity | undefined;
  destinationIdentity: SampleIdentity | undefined;
  replayValue: number | undefined;
}

export interface SampleAddress {
  /** 4 or 16 bytes. */
  bytes: Uint8Array;
  port: number;
}

export interface SamplePrefix extends SampleAddress {
  length: number;
}

export type SampleLimits = Pick<LifetimeExtension, "allocations" | "bytes" | "addTime" | "useTime">;

export interface SampleIdentity {
  type: number;
  text: string;
}

/** Objects as literals make them, so that two with the same fields are the same. */
const record = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(fields, { noNullPrototype: true });
const uint = (max: number) => fc.integer({ min: 0, max });
const uint64 = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
const orNone = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const ipBytes = fc.oneof(bytes(4), bytes(16));
const port = fc.oneof(fc.constant(0), uint(0xffff));

const anAddress: fc.Arbitrary<SampleAddress> = record({ bytes: ipBytes, port });
const aPrefix: fc.Arbitrary<SamplePrefix> = ipBytes.chain((address) =>
  record({ bytes: fc.constant(address), port, length: uint(address.length * 8) }),
);
const limits: fc.Arbitrary<SampleLimits> = record({
  allocations: uint(0xffff_ffff),
  bytes: uint64,
  addTime: uint64,
  useTime: uint64,
}).filter((all) => Object.values(all).some((each) => BigInt(each) > 0n));
const idleTimes = record({
  addTime: uint(0xffff_ffff).map(BigInt),
  useTime: uint(0xffff_ffff).map(BigInt),
}).filter(({ addTime, useTime }) => addTime + useTime > 0n);

/** Printable latin1 that can be a word: blanks inside, and one quote behind the first word. */
const character = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((code) => String.fromCharCode(code));
const word = fc.string({
  unit: fc.oneof(character(0x23, 0x7e), character(0xa1, 0xff)),
  minLength: 1,
  maxLength: 10,
});
const identityText = fc.oneof(
  fc.constant(""),
  fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(" ")),
  fc.tuple(word, word, word).map(([first, second, third]) => `${first}"${second} ${third}`),
);
const anIdentity = record({ type: uint(0xffff), text: identityText });

const anySa: fc.Arbitrary<SampleSa> = record({
  saType: fc.constantFrom("ah", "esp"),
  spi: fc.integer({ min: 1, max: 0xffff_ffff }),
  replay: uint(0xff),
  direction: fc.constantFrom("inbound", "outbound", undefined),
  authentication: fc.constantFrom(2, 3, 5, 6, 7, 99),
  authenticationKey: fc.uint8Array({ minLength: 1, maxLength: 64 }),
  encryption: fc.constantFrom(2, 3, 7, 12, 20, 98),
  encryptionKey: fc.uint8Array({ minLength: 1, maxLength: 36 }),
  protocol: uint(255),
  source: anAddress,
  destination: anAddress,
  inner: orNone(record({ protocol: uint(255), source: aPrefix, destination: aPrefix })),
  natLocal: orNone(anAddress),
  natRemote: orNone(anAddress),
  hard: orNone(limits),
  soft: orNone(limits),
  idle: orNone(idleTimes),
  sourceIdentity: orNone(anIdentity),
  destinationIdentity: orNone(anIdentity),
  replayValue: orNone(fc.integer({ min: 1, max: 0xffff_ffff })),
});

/** Such that it can be loaded again: a tunnel has a protocol of tunnels. */
export const sampleSa: fc.Arbitrary<SampleSa> = anySa.map((sample) =>
  sample.inner === undefined ? sample : { ...sample, protocol: [0, 4, 41][sample.protocol % 3]! },
);

/** The extensions in which illumos tells such an SA. */
export function extensionsOf(sample: SampleSa): OutgoingExtension[] {
  const { direction, inner, natLocal, natRemote, replayValue, hard, soft, idle, protocol } = sample;
  const flags =
    (direction === undefined ? 0 : IllumosSaFlag[direction]) |
    (natLocal ? IllumosSaFlag.natTLocal : 0) |
    (natRemote ? IllumosSaFlag.natTRemote : 0) |
    (inner ? IllumosSaFlag.tunnel : 0);
  const isEsp = sample.saType === "esp";
  const given: (OutgoingExtension | undefined)[] = [
    {
      kind: "sa",
      spi: sample.spi,
      replay: sample.replay,
      state: 1,
      authentication: sample.authentication,
      encryption: isEsp ? sample.encryption : 0,
      flags,
    },
    hard && { kind: "lifetimeHard", ...hard },
    soft && { kind: "lifetimeSoft", ...soft },
    idle && { kind: "lifetimeIdle", allocations: 0, bytes: 0n, ...idle },
    address("addressSource", sample.source, protocol),
    address("addressDestination", sample.destination, protocol),
    natLocal && address("addressNatTLocal", natLocal),
    natRemote && address("addressNatTRemote", natRemote),
    inner && address("addressProxy", inner.source, inner.protocol, inner.source.length),
    inner && address("addressInnerDestination", inner.destination, inner.protocol, inner.destination.length),
    key("keyAuthentication", sample.authenticationKey),
    isEsp ? key("keyEncryption", sample.encryptionKey) : undefined,
    sample.sourceIdentity && identity("identitySource", sample.sourceIdentity),
    sample.destinationIdentity && identity("identityDestination", sample.destinationIdentity),
    replayValue === undefined ? undefined : { kind: "replayValue", replay32: replayValue, replay64: 0n },
  ];
  return given.filter((extension) => extension !== undefined);
}

type AddressKind =
  | "addressSource"
  | "addressDestination"
  | "addressNatTLocal"
  | "addressNatTRemote"
  | "addressProxy"
  | "addressInnerDestination";

function address(
  kind: AddressKind,
  { bytes, port }: SampleAddress,
  protocol = 0,
  prefixLength = 0,
): OutgoingExtension {
  const sockaddr: Sockaddr =
    bytes.length === 4
      ? { family: "inet", port, address: bytes }
      : { family: "inet6", port, flowInfo: 0, address: bytes, scopeId: 0 };
  return { kind, protocol, prefixLength, reserved: 0, sockaddr };
}

const key = (kind: "keyAuthentication" | "keyEncryption", bytes: Uint8Array): OutgoingExtension => ({
  kind,
  bits: bytes.length * 8,
  reserved: 0,
  key: bytes,
});

const identity = (
  kind: "identitySource" | "identityDestination",
  { type, text }: SampleIdentity,
): OutgoingExtension => ({
  kind,
  identityType: type,
  reserved: 0,
  id: 0n,
  data: Uint8Array.from(`${text}\0`, (char) => char.charCodeAt(0)),
});
