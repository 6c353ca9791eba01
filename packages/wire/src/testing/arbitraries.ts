/**
 * Messages and their parts as fast-check arbitraries. What they give decodes to the same again once it is encoded,
 * number and length of each extension aside.
 */
import fc from "fast-check";
import type { Dialect } from "../dialect.ts";
import type { Extension, OutgoingExtension } from "../extension.ts";
import type { OfKind } from "../find.ts";
import { illumos } from "../illumos.ts";
import { linux, linuxXfrm } from "../linux.ts";
import type { OutgoingMessage } from "../message.ts";
import type { IpsecRequest } from "../policy.ts";
import type { Inet6Sockaddr, InetSockaddr, Sockaddr } from "../sockaddr.ts";
import { messageOf } from "./layout.ts";

const uint = (bits: number) => fc.integer({ min: 0, max: 2 ** bits - 1 });
const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const bytes = (size: number) => fc.uint8Array({ minLength: size, maxLength: size });
const notZeros = (size: number) => bytes(size).filter((value) => value.some((byte) => byte !== 0));
/** Bytes that need no padding where `before` bytes come before them. */
const wholeWords = (before: number) => uint(3).chain((words) => bytes(words * 8 + ((8 - (before % 8)) % 8)));

/** An IPv4 socket address, now and then with something in sin_zero. */
const inetSockaddr: fc.Arbitrary<InetSockaddr> = fc.record(
  { family: fc.constant("inet"), port: uint(16), address: bytes(4), padding: notZeros(8) },
  { requiredKeys: ["family", "port", "address"] },
);

const inet6 = {
  family: fc.constant("inet6" as const),
  port: uint(16),
  flowInfo: uint(32),
  address: bytes(16),
  scopeId: uint(32),
};

/** An IPv6 socket address. */
const inet6Sockaddr: fc.Arbitrary<Inet6Sockaddr> = fc.record(inet6);

const illumosInet6Sockaddr: fc.Arbitrary<Inet6Sockaddr> = fc.record(
  { ...inet6, sourceId: fc.integer({ min: 1, max: 2 ** 32 - 1 }) },
  { requiredKeys: ["family", "port", "flowInfo", "address", "scopeId"] },
);

const unknownSockaddr = (...known: number[]) =>
  fc.record({ family: uint(16).filter((family) => !known.includes(family)), data: wholeWords(2) });

const linuxSockaddr: fc.Arbitrary<Sockaddr> = fc.oneof(inetSockaddr, inet6Sockaddr, unknownSockaddr(2, 10));
const illumosSockaddr: fc.Arbitrary<Sockaddr> = fc.oneof(
  inetSockaddr,
  illumosInet6Sockaddr,
  unknownSockaddr(2, 26),
);

const sockaddrPair: fc.Arbitrary<[Sockaddr, Sockaddr]> = fc.oneof(
  fc.tuple(inetSockaddr, inetSockaddr),
  fc.tuple(inet6Sockaddr, inet6Sockaddr),
  fc.tuple(inetSockaddr, inet6Sockaddr),
);

/** One transform of a policy, with or without addresses. */
const ipsecRequest: fc.Arbitrary<IpsecRequest> = fc
  .tuple(
    fc.record({
      protocol: uint(16),
      mode: uint(8),
      level: uint(8),
      reserved1: uint(16),
      reqid: uint(32),
      reserved2: uint(32),
    }),
    fc.option(sockaddrPair),
  )
  .map(([request, pair]) =>
    pair === null ? request : { ...request, source: pair[0], destination: pair[1] },
  );

const lifetime = <K extends string>(kind: K) =>
  fc.record({
    kind: fc.constant(kind),
    allocations: uint(32),
    bytes: uint64,
    addTime: uint64,
    useTime: uint64,
  });

const address = <K extends string>(kind: K, sockaddr: fc.Arbitrary<Sockaddr>) =>
  fc.record({
    kind: fc.constant(kind),
    protocol: uint(8),
    prefixLength: uint(8),
    reserved: uint(16),
    sockaddr,
  });

const key = <K extends string>(kind: K) =>
  fc
    .record({ reserved: uint(16), key: fc.uint8Array({ maxLength: 64 }), spareBits: uint(3) })
    .map(({ spareBits, ...rest }) => ({
      kind,
      bits: Math.max(0, rest.key.length * 8 - spareBits),
      ...rest,
    }));

const identity = <K extends string>(kind: K) =>
  fc.record({
    kind: fc.constant(kind),
    identityType: uint(16),
    reserved: uint(16),
    id: uint64,
    data: wholeWords(0),
  });

const saltedKey = <K extends string>(kind: K) =>
  fc
    .record({ key: key(kind), salt: fc.uint8Array({ minLength: 1, maxLength: 8 }), spareBits: uint(3) })
    .map(({ key, salt, spareBits }) => ({ ...key, reserved: salt.length * 8 - spareBits, salt }));

const sensitivity = <K extends string>(kind: K) =>
  fc.record({
    kind: fc.constant(kind),
    dpd: uint(32),
    sensitivityLevel: uint(8),
    integrityLevel: uint(8),
    reserved: uint(32),
    sensitivityBitmap: fc.array(uint64),
    integrityBitmap: fc.array(uint64),
  });

const algorithm = { id: uint(8), ivLength: uint(8), minBits: uint(16), maxBits: uint(16) };

const supported = <K extends string, A>(kind: K, algorithm: fc.Arbitrary<A>) =>
  fc.record({ kind: fc.constant(kind), reserved: uint(32), algorithms: fc.array(algorithm) });

const natTPort = <K extends string>(kind: K) =>
  fc.record({ kind: fc.constant(kind), port: uint(16), reserved: uint(16) });

const limits = {
  softAllocations: uint(32),
  hardAllocations: uint(32),
  softBytes: uint64,
  hardBytes: uint64,
  softAddTime: uint64,
  hardAddTime: uint64,
  softUseTime: uint64,
  hardUseTime: uint64,
};

const combination = {
  authentication: uint(8),
  encryption: uint(8),
  flags: uint(16),
  authenticationMinBits: uint(16),
  authenticationMaxBits: uint(16),
  encryptionMinBits: uint(16),
  encryptionMaxBits: uint(16),
  ...limits,
};

const proposal = <C>(combination: fc.Arbitrary<C>) =>
  fc.record({
    kind: fc.constant("proposal"),
    replay: uint(8),
    reserved: uint(24),
    combinations: fc.array(combination, { maxLength: 3 }),
  });

const extendedCombination = fc.record({
  reserved1: uint(8),
  flags: uint(16),
  reserved2: uint(32),
  ...limits,
  algorithms: fc.array(
    fc.record({
      saType: uint(8),
      algorithmType: uint(8),
      algorithm: uint(8),
      saltBits: uint(8),
      minBits: uint(16),
      maxBits: uint(16),
    }),
  ),
});

const raw = (min: number) =>
  fc.record({ kind: fc.constant("raw"), type: fc.integer({ min, max: 0xffff }), data: wholeWords(4) });

type ArbitraryByKind = { [K in Extension["kind"]]: fc.Arbitrary<OfKind<OutgoingExtension, K>> };

/** What every dialect has in the same form. */
const common = {
  sa: fc.record({
    kind: fc.constant("sa"),
    spi: uint(32),
    replay: uint(8),
    state: uint(8),
    authentication: uint(8),
    encryption: uint(8),
    flags: uint(32),
  }),
  lifetimeCurrent: lifetime("lifetimeCurrent"),
  lifetimeHard: lifetime("lifetimeHard"),
  lifetimeSoft: lifetime("lifetimeSoft"),
  identitySource: identity("identitySource"),
  identityDestination: identity("identityDestination"),
  sensitivity: sensitivity("sensitivity"),
  spiRange: fc.record({ kind: fc.constant("spiRange"), min: uint(32), max: uint(32), reserved: uint(32) }),
} satisfies Partial<ArbitraryByKind>;

const linuxAlgorithm = fc.record({ ...algorithm, reserved: uint(16) });

const linuxExtensions = {
  ...common,
  addressSource: address("addressSource", linuxSockaddr),
  addressDestination: address("addressDestination", linuxSockaddr),
  addressProxy: address("addressProxy", linuxSockaddr),
  keyAuthentication: key("keyAuthentication"),
  keyEncryption: key("keyEncryption"),
  proposal: proposal(fc.record({ ...combination, reserved: uint(32) })),
  supportedAuthentication: supported("supportedAuthentication", linuxAlgorithm),
  supportedEncryption: supported("supportedEncryption", linuxAlgorithm),
  kmPrivate: fc.record({ kind: fc.constant("kmPrivate"), reserved: uint(32) }),
  policy: fc.record({
    kind: fc.constant("policy"),
    policyType: uint(16),
    direction: uint(8),
    reserved: uint(8),
    id: uint(32),
    priority: uint(32),
    requests: fc.array(ipsecRequest, { maxLength: 7 }),
  }),
  sa2: fc.record({
    kind: fc.constant("sa2"),
    mode: uint(8),
    reserved1: uint(8),
    reserved2: uint(16),
    sequence: uint(32),
    reqid: uint(32),
  }),
  natTType: fc.record({ kind: fc.constant("natTType"), natTType: uint(8), reserved: uint(24) }),
  natTSourcePort: natTPort("natTSourcePort"),
  natTDestinationPort: natTPort("natTDestinationPort"),
  natTOriginalAddress: address("natTOriginalAddress", linuxSockaddr),
  securityContext: fc.record({
    kind: fc.constant("securityContext"),
    algorithm: uint(8),
    doi: uint(8),
    context: fc.uint8Array({ maxLength: 300 }),
  }),
  kmAddress: fc
    .record({ reserved: uint(32), pair: sockaddrPair })
    .map(({ reserved, pair: [local, remote] }) => ({ kind: "kmAddress", reserved, local, remote })),
  filter: fc.record({
    kind: fc.constant("filter"),
    source: bytes(16),
    destination: bytes(16),
    family: uint(16),
    sourcePrefixLength: uint(8),
    destinationPrefixLength: uint(8),
  }),
  raw: raw(27),
} satisfies Partial<ArbitraryByKind>;

const name = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)) });
const marking = fc.record({ value: uint(32), mask: uint(32) });
const addressPair = (...sizes: number[]) =>
  fc.constantFrom(...sizes).chain((size) => fc.record({ source: bytes(size), destination: bytes(size) }));

const xfrmSelector = fc
  .tuple(
    addressPair(0, 4, 16),
    fc.record({
      sourcePrefixLength: uint(16),
      destinationPrefixLength: uint(16),
      sourcePort: uint(16),
      sourcePortMask: uint(16),
      destinationPort: uint(16),
      destinationPortMask: uint(16),
      protocol: uint(32),
      interfaceIndex: uint(32),
      user: uint(32),
    }),
  )
  .map(([pair, rest]) => ({ ...pair, ...rest }));

const xfrmTemplate = fc
  .tuple(
    addressPair(0, 4, 16),
    fc.record({
      mode: uint(32),
      share: uint(32),
      spi: uint(32),
      authenticationAlgorithms: uint(32),
      encryptionAlgorithms: uint(32),
      compressionAlgorithms: uint(32),
    }),
  )
  .map(([pair, rest]) => ({ ...pair, ...rest }));

const xfrmExtensions = {
  ...linuxExtensions,
  xfrm: fc.record(
    {
      kind: fc.constant("xfrm"),
      authentication: fc.record({ name, truncationBits: uint(32) }),
      encryption: fc.record({ name }),
      aead: fc.record({ name, icvBits: uint(32) }),
      compression: fc.record({ name }),
      mode: uint(32),
      mark: marking,
      outputMark: marking,
      ifId: uint(32),
      flags: uint(32),
      extraFlags: uint(32),
      replayWindow: uint(32),
      direction: fc.constantFrom("in", "out"),
      offload: fc.record({ interfaceIndex: uint(32), flags: uint(32) }),
      selector: xfrmSelector,
      tfcPad: uint(32),
      natKeepalive: uint(32),
      cpu: uint(32),
      encapOriginal: fc.oneof(bytes(4), bytes(16)),
      policyType: uint(32),
      policyFlags: uint(32),
      share: uint(32),
      templates: fc.array(xfrmTemplate, { maxLength: 6 }),
      errorText: name,
      other: fc.array(
        fc.record({
          type: uint(16).filter((type) => type >> 8 !== 1),
          bytes: fc.uint8Array({ maxLength: 40 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    },
    { requiredKeys: ["kind"] },
  ),
  raw: raw(27).filter(({ type }) => type !== 0xff58),
} satisfies Partial<ArbitraryByKind>;

const illumosKey = <K extends string>(kind: K) =>
  fc.oneof(
    key(kind).map((key) => ({ ...key, reserved: 0 })),
    saltedKey(kind),
  );

const illumosAlgorithm = fc.record({
  ...algorithm,
  reserved: fc.constant(0),
  increment: uint(8),
  saltBits: uint(8),
});

const illumosExtensions = {
  ...common,
  addressSource: address("addressSource", illumosSockaddr),
  addressDestination: address("addressDestination", illumosSockaddr),
  addressProxy: address("addressProxy", illumosSockaddr),
  keyAuthentication: illumosKey("keyAuthentication"),
  keyEncryption: illumosKey("keyEncryption"),
  proposal: proposal(fc.record({ ...combination, reserved: uint(24), saltBits: uint(8) })),
  supportedAuthentication: supported("supportedAuthentication", illumosAlgorithm),
  supportedEncryption: supported("supportedEncryption", illumosAlgorithm),
  extendedRegister: fc.record({
    kind: fc.constant("extendedRegister"),
    saTypes: fc.array(fc.integer({ min: 1, max: 255 })),
  }),
  extendedProposal: fc.record({
    kind: fc.constant("extendedProposal"),
    replay: uint(8),
    reserved: uint(8),
    combinations: fc.array(extendedCombination, { maxLength: 3 }),
  }),
  kmCookie: fc.record({ kind: fc.constant("kmCookie"), protocol: uint(32), cookie: uint64 }),
  addressNatTLocal: address("addressNatTLocal", illumosSockaddr),
  addressNatTRemote: address("addressNatTRemote", illumosSockaddr),
  addressInnerDestination: address("addressInnerDestination", illumosSockaddr),
  pair: fc.record({ kind: fc.constant("pair"), spi: uint(32) }),
  replayValue: fc.record({ kind: fc.constant("replayValue"), replay32: uint(32), replay64: uint64 }),
  extendedDump: fc.record({ kind: fc.constant("extendedDump"), reserved: uint(32), timeout: uint64 }),
  lifetimeIdle: lifetime("lifetimeIdle"),
  outerSensitivity: sensitivity("outerSensitivity"),
  stringAuthentication: key("stringAuthentication"),
  raw: raw(29),
} satisfies Partial<ArbitraryByKind>;

type Arbitraries = Readonly<Record<string, fc.Arbitrary<OutgoingExtension>>>;

/** The dialects, under the names that their values have. */
export type DialectValue = "linux" | "linuxXfrm" | "illumos";

/** An extension of each kind of a dialect. */
export const extensionOfKind: Readonly<Record<DialectValue, Arbitraries>> = {
  linux: linuxExtensions,
  linuxXfrm: xfrmExtensions,
  illumos: illumosExtensions,
};

const numberOrName = <Name extends string>(names: ReadonlyMap<number, Name>): fc.Arbitrary<Name | number> =>
  uint(8).map((number) => names.get(number) ?? number);

const messageIn = (value: DialectValue, { tables }: Dialect): fc.Arbitrary<OutgoingMessage> =>
  fc.record({
    version: fc.constant(2),
    type: numberOrName(tables.messageTypes.names),
    saType: numberOrName(tables.saTypes.names),
    errno: uint(8),
    reserved: uint(16),
    sequence: uint(32),
    pid: uint(32),
    extensions: fc.uniqueArray(fc.oneof(...Object.values(extensionOfKind[value])), {
      selector: (value) => (value.kind === "raw" ? value.type : value.kind),
      maxLength: 12,
    }),
  });

/** A message of a dialect in which no known extension comes twice. */
export const message: Readonly<Record<DialectValue, fc.Arbitrary<OutgoingMessage>>> = {
  linux: messageIn("linux", linux),
  linuxXfrm: messageIn("linuxXfrm", linuxXfrm),
  illumos: messageIn("illumos", illumos),
};

/** Bytes of which many mean something in some place: families, small lengths and counts, zeros. */
const tellingByte = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(0, 0, 0, 1, 2, 10, 16, 26, 48, 0xff) },
  { weight: 1, arbitrary: uint(8) },
);

const framedExtension = (byteOrder: "little" | "big") =>
  fc
    .tuple(fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constant(0xff58)), fc.integer({ min: 1, max: 12 }))
    .chain(([type, words]) =>
      fc
        .array(tellingByte, { minLength: words * 8 - 4, maxLength: words * 8 - 4 })
        .map((inside) => [
          ...(byteOrder === "little"
            ? [words, 0, type & 0xff, type >> 8]
            : [0, words, type >> 8, type & 0xff]),
          ...inside,
        ]),
    );

/** Bytes of a message whose lengths agree, so that nothing of it is out of reach; inside its extensions is anything. */
export const framedBytes = (byteOrder: "little" | "big"): fc.Arbitrary<Uint8Array> =>
  fc
    .array(framedExtension(byteOrder), { maxLength: 8 })
    .map((extensions) => messageOf(Uint8Array.from(extensions.flat()), byteOrder));

/** Bytes that some of `originals` may have become on the way: bits turned, pieces lost, doubled or foreign. */
export const mutatedBytes = (originals: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(
      fc.constantFrom(...originals),
      fc.array(fc.tuple(fc.nat(), fc.nat(24), fc.nat(3), fc.array(tellingByte, { maxLength: 8 })), {
        minLength: 1,
        maxLength: 6,
      }),
    )
    .map(([original, mutations]) =>
      mutations.reduce(
        (bytes, [position, size, mutation, foreign]) => {
          const at = position % (bytes.length + 1);
          const piece = bytes.slice(at, at + size);
          const [before, after] = [bytes.slice(0, at), bytes.slice(at + size)];
          switch (mutation) {
            case 0:
              return [...before, ...foreign, ...bytes.slice(at + foreign.length)];
            case 1:
              return [...before, ...after];
            case 2:
              return [...before, ...piece, ...piece, ...after];
            default:
              return [...before, ...foreign, ...bytes.slice(at)];
          }
        },
        [...original],
      ),
    )
    .map((bytes) => Uint8Array.from(bytes));
