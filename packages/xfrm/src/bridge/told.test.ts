import { type OutgoingExtension, type OutgoingMessage, request, type XfrmExtension } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import type { Attribute } from "../attribute.ts";
import {
  address,
  anySource,
  destination,
  heard,
  ipsecRequest,
  key,
  limits,
  policy,
  received,
  sa,
  sa2,
  sockaddr,
  source,
  xfrm,
} from "../testing/pfkey.ts";
import { acknowledge, pretendKernel, type Said } from "../testing/pretend-kernel.ts";
import { hosts, ip, noLimits, policyInfo, saInfo, template, wide } from "../testing/values.ts";
import { openXfrmKeySocket } from "./xfrm-key-socket.ts";

/** Seconds since 1970. */
const now = 1_700_000_100;
const before = 1_700_000_000n;
const key5a = (bytes: number) => new Uint8Array(bytes).fill(0x5a);
const authTrunc = (name: string, bytes: number, truncationBits: number): Attribute => ({
  kind: "algAuthTrunc",
  value: { name, bits: bytes * 8, key: key5a(bytes), truncationBits },
});
const crypt = (name: string, bytes: number): Attribute => ({
  kind: "algCrypt",
  value: { name, bits: bytes * 8, key: key5a(bytes) },
});
const aead = (name: string, bytes: number, icvBits: number): Attribute => ({
  kind: "algAead",
  value: { name, bits: bytes * 8, key: key5a(bytes), icvBits },
});
const nullCipher = crypt("ecb(cipher_null)", 0);
const current = { bytes: 0n, packets: 0n, addTime: before, useTime: 0n };

/** Everything that each SA's message begins with. */
const shown = (
  saFields: Parameters<typeof sa>[0],
  hard: Parameters<typeof limits>[1] = {},
  soft: Parameters<typeof limits>[1] = {},
  used: Parameters<typeof limits>[1] = {},
): OutgoingExtension[] => [
  sa({ state: 1, ...saFields }),
  limits("lifetimeHard", hard),
  limits("lifetimeSoft", soft),
  limits("lifetimeCurrent", { addTime: before, ...used }),
  source,
  destination,
];

interface Row {
  name: string;
  said: Said;
  told: OutgoingMessage;
}

const newSa = (info: Parameters<typeof saInfo>[0], ...attributes: Attribute[]): Said => ({
  type: "newSa",
  body: saInfo({ current, ...info }),
  attributes,
});
const saRow = (
  name: string,
  said: Said,
  extensions: OutgoingExtension[],
  type: "add" | "update" | "delete" = "add",
  saType: "ah" | "esp" | "ipcomp" = "esp",
): Row => ({ name, said, told: request(type, saType, extensions) });
const withXfrm = (
  name: string,
  attributes: Attribute[],
  parts: Partial<XfrmExtension>,
  info: Parameters<typeof saInfo>[0] = {},
): Row =>
  saRow(name, newSa(info, nullCipher, ...attributes), [
    ...shown({ encryption: 11 }),
    anySource,
    sa2(),
    xfrm(parts),
  ]);

/** Of every family: without addresses. */
const anySelector = {
  source: ip(),
  destination: ip(),
  sourcePrefixLength: 0,
  destinationPrefixLength: 0,
  sourcePort: 0,
  sourcePortMask: 0,
  destinationPort: 0,
  destinationPortMask: 0,
  protocol: 0,
  interfaceIndex: 0,
  user: 0,
};

const sas: Row[] = [
  saRow(
    "an SA with everything that PF_KEY has",
    newSa(
      {
        lifetime: {
          ...noLimits,
          hardBytes: 100n,
          hardPackets: 2n ** 32n + 5n,
          softPackets: 2n ** 33n,
          softAddTime: 9000n,
          hardUseTime: 8n,
        },
        current: { bytes: 1n, packets: 2n ** 32n + 2n, addTime: before, useTime: before + 1n },
        reqid: 7,
        mode: 1,
        replayWindow: 32,
        flags: 7,
      },
      { kind: "algAuth", value: { name: "hmac(sha1)", bits: 160, key: key5a(20) } },
      authTrunc("hmac(sha1)", 20, 96),
      crypt("cbc(aes)", 16),
      {
        kind: "encap",
        value: { type: 2, sourcePort: 4500, destinationPort: 30_000, originalAddress: wide() },
      },
      { kind: "secCtx", value: { algorithm: 1, doi: 1, context: ip(97, 0) } },
      { kind: "replayVal", value: { outgoing: 5, incoming: 6, bitmap: 7 } },
      { kind: "lastUsed", value: before },
    ),
    [
      ...shown(
        { authentication: 3, encryption: 12, replay: 32, flags: 0xe000_0000 },
        { bytes: 100n, allocations: 0xffff_ffff, useTime: 8n },
        { allocations: 0xffff_ffff, addTime: 9000n },
        { bytes: 1n, allocations: 2, useTime: before + 1n },
      ),
      anySource,
      key("keyAuthentication", 20),
      key("keyEncryption", 16),
      sa2(2, 7),
      { kind: "natTType", natTType: 2, reserved: 0 },
      { kind: "natTSourcePort", port: 4500, reserved: 0 },
      { kind: "natTDestinationPort", port: 30_000, reserved: 0 },
      { kind: "securityContext", algorithm: 1, doi: 1, context: ip(97, 0) },
    ],
  ),
  withXfrm(
    "an interface of the selector that is below 0",
    [],
    {
      selector: {
        ...anySelector,
        source: ip(0, 0, 0, 0),
        destination: ip(0, 0, 0, 0),
        interfaceIndex: 0xffff_ffff,
      },
    },
    { selector: { ...saInfo().selector, interfaceIndex: -1 } },
  ),
  saRow(
    "times that no clock reaches",
    newSa(
      { current: { bytes: 0n, packets: 0n, addTime: 2n ** 64n - 1n, useTime: 2n ** 64n - 1n } },
      nullCipher,
    ),
    [
      ...shown({ encryption: 11 }, {}, {}, { addTime: 2n ** 53n - 1n, useTime: 2n ** 53n - 1n }),
      anySource,
      sa2(),
    ],
  ),
  saRow(
    "UPDATE, of IPComp",
    {
      type: "updSa",
      body: saInfo({ current, id: { ...saInfo().id, protocol: 108 } }),
      attributes: [{ kind: "algComp", value: { name: "deflate", bits: 0, key: ip() } }],
    },
    [...shown({ encryption: 2 }), anySource, sa2()],
    "update",
    "ipcomp",
  ),
  saRow(
    "DELETE: the SA is dead",
    {
      type: "delSa",
      body: { destination: wide(192, 0, 2, 2), spi: 0x1000, family: 2, protocol: 51 },
      attributes: [
        { kind: "sa", value: saInfo({ current, id: { ...saInfo().id, protocol: 51 } }) },
        authTrunc("hmac(sha256)", 32, 96),
      ],
    },
    [...shown({ authentication: 5, state: 3 }), anySource, key("keyAuthentication", 32), sa2()],
    "delete",
    "ah",
  ),
  saRow(
    "a larval SA, for its own addresses",
    newSa({ selector: hosts(), lifetime: { ...noLimits, hardAddTime: 30n } }),
    [...shown({ state: 0 }, { addTime: 30n }), sa2()],
  ),
  ...(
    [
      ["time since it was made", { softAddTime: 100n }, {}, 2],
      ["time since it was made, not yet", { softAddTime: 101n }, {}, 1],
      ["time since it was used", { softUseTime: 50n }, { useTime: before + 50n }, 2],
      ["time, never used", { softUseTime: 50n }, {}, 1],
      ["packets", { softPackets: 2n }, { packets: 3n, bytes: 300n }, 2],
      ["packets, the last one not looked at", { softPackets: 2n }, { packets: 2n, bytes: 200n }, 1],
      ["bytes", { softBytes: 200n }, { packets: 3n, bytes: 300n }, 2],
      ["bytes, the last ones not looked at", { softBytes: 200n }, { packets: 2n, bytes: 200n }, 1],
    ] as const
  ).map(([name, lifetime, counted, state]): Row => {
    const counters = { ...current, ...counted };
    const { softAddTime, softUseTime, softPackets, softBytes } = { ...noLimits, ...lifetime };
    return saRow(
      `a soft limit: ${name}`,
      newSa({ lifetime: { ...noLimits, ...lifetime }, current: counters }, nullCipher),
      [
        ...shown(
          { encryption: 11, state },
          {},
          {
            addTime: softAddTime,
            useTime: softUseTime,
            allocations: softPackets === noLimits.softPackets ? 0 : Number(softPackets),
            bytes: softBytes === noLimits.softBytes ? 0n : softBytes,
          },
          { allocations: Number(counters.packets), bytes: counters.bytes, useTime: counters.useTime },
        ),
        anySource,
        sa2(),
      ],
    );
  }),
  saRow("an AEAD that PF_KEY has a number for", newSa({}, aead("rfc4106(gcm(aes))", 36, 128)), [
    ...shown({ encryption: 20 }),
    anySource,
    key("keyEncryption", 36),
    sa2(),
  ]),
  saRow("an AEAD without one", newSa({}, aead("rfc7539esp(chacha20,poly1305)", 36, 128)), [
    ...shown({}),
    anySource,
    key("keyEncryption", 36),
    sa2(),
    xfrm({ aead: { name: "rfc7539esp(chacha20,poly1305)", icvBits: 128 } }),
  ]),
  saRow("an AEAD with another ICV", newSa({}, aead("rfc4106(gcm(aes))", 36, 32)), [
    ...shown({}),
    anySource,
    key("keyEncryption", 36),
    sa2(),
    xfrm({ aead: { name: "rfc4106(gcm(aes))", icvBits: 32 } }),
  ]),
  saRow("another truncation", newSa({}, authTrunc("hmac(sha256)", 32, 128), nullCipher), [
    ...shown({ authentication: 5, encryption: 11 }),
    anySource,
    key("keyAuthentication", 32),
    sa2(),
    xfrm({ authentication: { name: "hmac(sha256)", truncationBits: 128 } }),
  ]),
  saRow(
    "algorithms that PF_KEY has never heard of",
    newSa({}, authTrunc("cmac(aes)", 16, 96), crypt("cbc(aria)", 16)),
    [
      ...shown({}),
      anySource,
      key("keyAuthentication", 16),
      key("keyEncryption", 16),
      sa2(),
      xfrm({ authentication: { name: "cmac(aes)", truncationBits: 96 }, encryption: { name: "cbc(aria)" } }),
    ],
  ),
  saRow(
    "a compression that PF_KEY has never heard of",
    newSa(
      { id: { ...saInfo().id, protocol: 108 } },
      { kind: "algComp", value: { name: "lz4", bits: 0, key: ip() } },
    ),
    [...shown({}), anySource, sa2(), xfrm({ compression: { name: "lz4" } })],
    "add",
    "ipcomp",
  ),
  saRow("BEET", newSa({ mode: 4 }, nullCipher), [...shown({ encryption: 11 }), anySource, sa2(3)]),
  saRow("a mode that PF_KEY lacks", newSa({ mode: 5 }, nullCipher), [
    ...shown({ encryption: 11 }),
    anySource,
    sa2(0),
    xfrm({ mode: 5 }),
  ]),
  saRow(
    "a source in the selector",
    newSa({ selector: { ...saInfo().selector, source: wide(10), sourcePrefixLength: 8 } }, nullCipher),
    [
      ...shown({ encryption: 11 }),
      address("addressProxy", ip(10, 0, 0, 0), { protocol: 255, prefixLength: 8 }),
      sa2(),
    ],
  ),
  saRow(
    "a whole selector",
    newSa(
      {
        selector: hosts({
          source: wide(10),
          sourcePrefixLength: 8,
          sourcePort: 80,
          sourcePortMask: 0xffff,
          protocol: 6,
        }),
      },
      nullCipher,
    ),
    [
      ...shown({ encryption: 11 }),
      address("addressProxy", ip(10, 0, 0, 0), { protocol: 6, prefixLength: 8, port: 80 }),
      sa2(),
      xfrm({
        selector: {
          source: ip(10, 0, 0, 0),
          destination: ip(192, 0, 2, 2),
          sourcePrefixLength: 8,
          destinationPrefixLength: 32,
          sourcePort: 80,
          sourcePortMask: 0xffff,
          destinationPort: 0,
          destinationPortMask: 0,
          protocol: 6,
          interfaceIndex: 0,
          user: 0,
        },
      }),
    ],
  ),
  withXfrm(
    "a selector for every family",
    [],
    {
      flags: 0x20,
      selector: anySelector,
    },
    { selector: { ...saInfo().selector, family: 0 }, flags: 0x20 },
  ),
  saRow(
    "a wide window and extended sequence numbers",
    newSa({ flags: 0x80 }, nullCipher, {
      kind: "replayEsnVal",
      value: { outgoing: 0, incoming: 0, outgoingHigh: 0, incomingHigh: 0, replayWindow: 64, bitmap: [0, 0] },
    }),
    [...shown({ encryption: 11, replay: 32 }), anySource, sa2(), xfrm({ flags: 0x80, replayWindow: 64 })],
  ),
  withXfrm(
    "marks and the rest",
    [
      { kind: "mark", value: { value: 1, mask: 2 } },
      { kind: "setMark", value: 3 },
      { kind: "ifId", value: 4 },
      { kind: "saExtraFlags", value: 2 },
      { kind: "saDir", value: 2 },
      { kind: "offloadDev", value: { interfaceIndex: 5, flags: 6 } },
      { kind: "tfcPad", value: 7 },
      { kind: "natKeepaliveInterval", value: 8 },
      { kind: "saPcpu", value: 9 },
    ],
    {
      mark: { value: 1, mask: 2 },
      outputMark: { value: 3, mask: 0xffff_ffff },
      ifId: 4,
      extraFlags: 2,
      direction: "out",
      offload: { interfaceIndex: 5, flags: 6 },
      tfcPad: 7,
      natKeepalive: 8,
      cpu: 9,
    },
  ),
  withXfrm(
    "attributes without a name",
    [
      { kind: "coAddr", value: wide(1, 2, 3, 4) },
      { kind: "iptfsReorderWindow", value: 3 },
      { kind: "raw", type: 60, value: ip(1, 2, 3, 4, 5) },
    ],
    {
      other: [
        { type: 14, bytes: wide(1, 2, 3, 4) },
        { type: 37, bytes: new Uint8Array(Uint16Array.of(3).buffer) },
        { type: 60, bytes: ip(1, 2, 3, 4, 5) },
      ],
    },
  ),
];

const spd = (
  type: "spdadd" | "spdupdate" | "spddelete" | "spddelete2",
  extensions: OutgoingExtension[],
  reserved = 2,
) => ({
  ...request(type, "unspec", extensions),
  reserved,
});
const policyShown = (
  more: Parameters<typeof policy>[0],
  ...rest: OutgoingExtension[]
): OutgoingExtension[] => [
  address("addressSource", ip(192, 0, 2, 1), { protocol: 255 }),
  address("addressDestination", ip(192, 0, 2, 2), { protocol: 255 }),
  limits("lifetimeHard"),
  limits("lifetimeSoft"),
  limits("lifetimeCurrent", { addTime: before }),
  policy({ id: 9, ...more }),
  ...rest,
];
const info = (more: Parameters<typeof policyInfo>[0] = {}) => policyInfo({ current, index: 9, ...more });
const inet6 = wide(0x20, 1, 0xd, 0xb8);

const policies: Row[] = [
  {
    name: "a policy with everything that PF_KEY has",
    said: {
      type: "newPolicy",
      body: info({
        selector: hosts({ protocol: 6, destinationPort: 80, destinationPortMask: 0xffff }),
        lifetime: { ...noLimits, hardAddTime: 3600n },
        priority: 5,
        direction: 2,
      }),
      attributes: [
        {
          kind: "tmpl",
          value: [
            template({ id: { destination: wide(), spi: 0, protocol: 51 }, reqid: 4 }),
            template({
              id: { destination: inet6, spi: 0, protocol: 50 },
              family: 10,
              source: inet6,
              mode: 1,
              optional: 1,
            }),
            template({ mode: 4 }),
          ],
        },
        { kind: "policyType", value: { type: 0 } },
      ],
    },
    told: spd(
      "spdadd",
      [
        address("addressSource", ip(192, 0, 2, 1), { protocol: 6 }),
        address("addressDestination", ip(192, 0, 2, 2), { protocol: 6, port: 80 }),
        limits("lifetimeHard", { addTime: 3600n }),
        limits("lifetimeSoft"),
        limits("lifetimeCurrent", { addTime: before }),
        policy({
          direction: 3,
          id: 9,
          priority: 5,
          requests: [
            { ...ipsecRequest, protocol: 51, level: 3, reqid: 4 },
            { ...ipsecRequest, mode: 2, level: 1, source: sockaddr(inet6), destination: sockaddr(inet6) },
            { ...ipsecRequest, mode: 3 },
          ],
        }),
      ],
      3,
    ),
  },
  {
    name: "one that was made a moment ago is held by its timer",
    said: {
      type: "updPolicy",
      body: info({ current: { ...current, addTime: BigInt(now) }, action: 1 }),
      attributes: [],
    },
    told: spd(
      "spdupdate",
      policyShown({ policyType: 0 }).with(4, limits("lifetimeCurrent", { addTime: BigInt(now) })),
      3,
    ),
  },
  {
    name: "a deleted one, by selector",
    said: {
      type: "delPolicy",
      body: { selector: hosts(), index: 0, direction: 1 },
      attributes: [{ kind: "policy", value: info() }],
    },
    told: spd("spddelete", policyShown({ policyType: 1 }), 1),
  },
  {
    name: "a deleted one, by id",
    said: {
      type: "delPolicy",
      body: { selector: saInfo().selector, index: 9, direction: 1 },
      attributes: [
        { kind: "policy", value: info() },
        { kind: "tmpl", value: [template()] },
      ],
    },
    told: spd("spddelete2", policyShown({ requests: [ipsecRequest] }), 1),
  },
  {
    name: "what PF_KEY has no room for",
    said: {
      type: "newPolicy",
      body: info({
        selector: hosts({ sourcePort: 80, sourcePortMask: 0xfff0, interfaceIndex: 3, user: 1000 }),
        flags: 1,
        share: 3,
      }),
      attributes: [
        {
          kind: "tmpl",
          value: [
            template({ mode: 5, spi: 1, share: 2, encryptionAlgorithms: 1 } as never),
            template({ id: { destination: wide(9), spi: 7, protocol: 50 }, source: wide(8) }),
          ],
        },
        { kind: "policyType", value: { type: 1 } },
        { kind: "mark", value: { value: 1, mask: 2 } },
        { kind: "ifId", value: 4 },
        { kind: "offloadDev", value: { interfaceIndex: 5, flags: 0 } },
        { kind: "raw", type: 61, value: ip(1) },
      ],
    },
    told: spd(
      "spdadd",
      policyShown(
        { requests: [{ ...ipsecRequest, mode: 0 }, ipsecRequest] },
        xfrm({
          mark: { value: 1, mask: 2 },
          ifId: 4,
          offload: { interfaceIndex: 5, flags: 0 },
          selector: {
            source: ip(192, 0, 2, 1),
            destination: ip(192, 0, 2, 2),
            sourcePrefixLength: 32,
            destinationPrefixLength: 32,
            sourcePort: 80,
            sourcePortMask: 0xfff0,
            destinationPort: 0,
            destinationPortMask: 0,
            protocol: 0,
            interfaceIndex: 3,
            user: 1000,
          },
          policyType: 1,
          policyFlags: 1,
          share: 3,
          templates: [
            {
              mode: 5,
              share: 2,
              spi: 0,
              authenticationAlgorithms: 0xffff_ffff,
              encryptionAlgorithms: 1,
              compressionAlgorithms: 0xffff_ffff,
              source: ip(),
              destination: ip(),
            },
            {
              mode: 0,
              share: 0,
              spi: 7,
              authenticationAlgorithms: 0xffff_ffff,
              encryptionAlgorithms: 0xffff_ffff,
              compressionAlgorithms: 0xffff_ffff,
              source: ip(8, 0, 0, 0),
              destination: ip(9, 0, 0, 0),
            },
          ],
          other: [{ type: 61, bytes: ip(1) }],
        }),
      ).with(0, address("addressSource", ip(192, 0, 2, 1), { protocol: 255, port: 80 })),
    ),
  },
  {
    name: "one that PF_KEY made: masks of zeros are none",
    said: {
      type: "newPolicy",
      body: info(),
      attributes: [
        {
          kind: "tmpl",
          value: [
            template({ authenticationAlgorithms: 0, encryptionAlgorithms: 0, compressionAlgorithms: 0 }),
          ],
        },
      ],
    },
    told: spd("spdadd", policyShown({ requests: [ipsecRequest] })),
  },
];

const flushes: Row[] = [
  {
    name: "FLUSH of all",
    said: { type: "flushSa", body: { protocol: 0 }, attributes: [] },
    told: request("flush", "unspec"),
  },
  {
    name: "FLUSH of all by PF_KEY",
    said: { type: "flushSa", body: { protocol: 255 }, attributes: [] },
    told: request("flush", "unspec"),
  },
  {
    name: "FLUSH of one type",
    said: { type: "flushSa", body: { protocol: 108 }, attributes: [] },
    told: request("flush", "ipcomp"),
  },
  { name: "SPDFLUSH", said: { type: "flushPolicy", attributes: [] }, told: request("spdflush", "unspec") },
];

const events: Row[] = [
  {
    name: "ACQUIRE",
    said: {
      type: "acquire",
      body: {
        id: { destination: wide(192, 0, 2, 2), spi: 0, protocol: 50 },
        source: wide(192, 0, 2, 1),
        selector: hosts({ source: wide(10), destination: wide(11) }),
        policy: info({ priority: 7 }),
        authenticationAlgorithms: 0xffff_ffff,
        encryptionAlgorithms: 0xffff_ffff,
        compressionAlgorithms: 0xffff_ffff,
        sequence: 3,
      },
      attributes: [{ kind: "ifId", value: 4 }],
    },
    told: {
      ...request("acquire", "esp", [
        source,
        destination,
        policy({ id: 9, priority: 7 }),
        { kind: "proposal", replay: 32, reserved: 0, combinations: [] },
        xfrm({ ifId: 4 }),
      ]),
      sequence: 3,
    },
  },
  {
    name: "ACQUIRE of IPComp has no proposal",
    said: {
      type: "acquire",
      body: {
        id: { destination: wide(192, 0, 2, 2), spi: 0, protocol: 108 },
        source: wide(192, 0, 2, 1),
        selector: hosts(),
        policy: info(),
        authenticationAlgorithms: 0,
        encryptionAlgorithms: 0,
        compressionAlgorithms: 0,
        sequence: 4,
      },
      attributes: [],
    },
    told: { ...request("acquire", "ipcomp", [source, destination, policy({ id: 9 })]), sequence: 4 },
  },
  {
    name: "NAT_T_NEW_MAPPING: the new source is in the destination's place",
    said: {
      type: "mapping",
      body: {
        id: { destination: wide(9), spi: 0x1000, family: 2, protocol: 50 },
        reqid: 1,
        oldSource: wide(192, 0, 2, 1),
        newSource: wide(192, 0, 2, 2),
        oldSourcePort: 4500,
        newSourcePort: 4501,
      },
      attributes: [],
    },
    told: request("nat-t-new-mapping", "esp", [
      sa(),
      source,
      { kind: "natTSourcePort", port: 4500, reserved: 0 },
      destination,
      { kind: "natTDestinationPort", port: 4501, reserved: 0 },
    ]),
  },
  {
    name: "MIGRATE",
    said: {
      type: "migrate",
      body: { selector: hosts(), index: 0, direction: 0 },
      attributes: [
        {
          kind: "migrate",
          value: [
            {
              oldSource: wide(1),
              oldDestination: wide(2),
              oldFamily: 2,
              newSource: wide(3),
              newDestination: wide(4),
              newFamily: 2,
              protocol: 50,
              mode: 1,
              reqid: 0,
            },
          ],
        },
        { kind: "kmAddress", value: { local: wide(5), remote: wide(6), family: 2 } },
      ],
    },
    told: request("migrate", "esp", [
      { kind: "kmAddress", reserved: 0, local: sockaddr(ip(5, 0, 0, 0)), remote: sockaddr(ip(6, 0, 0, 0)) },
      source,
      destination,
      policy({
        direction: 1,
        requests: [1, 3].map((first) => ({
          ...ipsecRequest,
          mode: 2,
          source: sockaddr(ip(first, 0, 0, 0)),
          destination: sockaddr(ip(first + 1, 0, 0, 0)),
        })),
      }),
    ]),
  },
];

describe("what XFRM tells, over PF_KEY", () => {
  it.each([...sas, ...policies, ...flushes, ...events])("$name", ({ said, told }) => {
    const kernel = pretendKernel();
    const socket = openXfrmKeySocket(kernel, { now: () => now * 1000 });
    kernel.say(said);
    expect(heard(socket)).toEqual([received(told)]);
  });

  it.each([
    ["a policy's end", { type: "polExpire", body: { policy: policyInfo(), hard: 1 }, attributes: [] }],
    ["a default policy", { type: "getDefault", body: { in: 0, fwd: 0, out: 0 } as never, attributes: [] }],
    [
      "a deleted SA that does not come along",
      { type: "delSa", body: { destination: wide(), spi: 1, family: 2, protocol: 50 }, attributes: [] },
    ],
  ] satisfies [string, Said][])("%s is nothing to tell", (_, said) => {
    const kernel = pretendKernel();
    const socket = openXfrmKeySocket(kernel);
    kernel.say(said);
    expect(heard(socket)).toEqual([]);
  });

  it("has the numbers of whoever changed it", () => {
    const kernel = pretendKernel();
    const socket = openXfrmKeySocket(kernel);
    kernel.say({ type: "flushPolicy", sequence: 12, portId: 345, attributes: [] });
    expect(heard(socket)).toMatchObject([{ type: "spdflush", sequence: 12, pid: 345 }]);
  });
});

describe("EXPIRE", () => {
  const expire = (hard: number): Said => ({
    type: "expire",
    body: { sa: saInfo({ current, lifetime: { ...noLimits, hardAddTime: 2n, softAddTime: 1n } }), hard },
    attributes: [{ kind: "mark", value: { value: 1, mask: 1 } }],
  });
  const limit = {
    soft: limits("lifetimeSoft", { addTime: 1n }),
    hard: limits("lifetimeHard", { addTime: 2n }),
  };
  const told = (reached: "soft" | "hard", encryption: number) =>
    received(
      request("expire", "esp", [
        sa({ state: reached === "soft" ? 2 : 3, encryption }),
        limit[reached],
        limits("lifetimeCurrent", { addTime: before }),
        source,
        destination,
        anySource,
        sa2(),
        xfrm({ mark: { value: 1, mask: 1 } }),
      ]),
    );
  const mark: Attribute = { kind: "mark", value: { value: 1, mask: 1 } };

  it("shows algorithms, which XFRM leaves out, while there is the SA", () => {
    const kernel = pretendKernel(() => [newSa({}, nullCipher, mark)]);
    const socket = openXfrmKeySocket(kernel);
    kernel.say(expire(0));
    expect(heard(socket)).toEqual([told("soft", 11)]);
    expect(kernel.asked.flat()).toMatchObject([{ type: "getSa", body: { spi: 0x1000 }, attributes: [mark] }]);
  });

  it("asks by what the SA is known by, whatever lies between", () => {
    const kernel = pretendKernel(() => [newSa({}, nullCipher, mark)]);
    const socket = openXfrmKeySocket(kernel);
    const { body, attributes } = expire(0) as Extract<Said, { type: "expire" }>;
    const id = { ...body.sa.id, padding: ip(1, 2, 3) };
    kernel.say({ type: "expire", body: { ...body, sa: { ...body.sa, id } }, attributes });
    expect(heard(socket)).toEqual([told("soft", 11)]);
  });

  it("is not completed by another's change under the same number", () => {
    const kernel = pretendKernel(() => [newSa({}, nullCipher, mark)]);
    const socket = openXfrmKeySocket(kernel);
    const other = newSa({ id: { ...saInfo().id, spi: 7 } }, { ...crypt("cbc(aes)", 16) });
    kernel.say(expire(0), { ...other, sequence: 1, portId: 345 });
    expect(heard(socket).map(({ type, pid }) => [type, pid])).toEqual([
      ["add", 345],
      ["expire", 0],
    ]);
  });

  it("shows what there is when it has gone", () => {
    const ESRCH = 3;
    const kernel = pretendKernel(() => [acknowledge(ESRCH)]);
    const socket = openXfrmKeySocket(kernel);
    kernel.say(expire(1));
    expect(heard(socket)).toEqual([told("hard", 0)]);
  });
});
