import { type OutgoingExtension, type OutgoingMessage, request } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import type { XfrmMessage } from "../message.ts";
import {
  address,
  destination,
  heard,
  ipsecRequest,
  key,
  limits,
  numbered,
  policy,
  sa,
  sa2,
  send,
  sockaddr,
  source,
  xfrm,
} from "../testing/pfkey.ts";
import { pretendKernel } from "../testing/pretend-kernel.ts";
import { hosts, ip, noLimits, policyInfo, saInfo, template, wide } from "../testing/values.ts";
import { openXfrmKeySocket } from "./xfrm-key-socket.ts";

const key5a = (bytes: number) => new Uint8Array(bytes).fill(0x5a);
const inet6 = (last: number) => ip(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last);
const aes = { name: "cbc(aes)", bits: 128, key: key5a(16) };
const sha1 = { name: "hmac(sha1)", bits: 160, key: key5a(20), truncationBits: 96 };
const enc = key("keyEncryption", 16);
const auth = key("keyAuthentication", 20);
const add = (...extensions: OutgoingExtension[]) => request("add", "esp", extensions);
const spdadd = (...extensions: OutgoingExtension[]) => request("spdadd", "unspec", extensions);
const anyTo = (bytes: Uint8Array) => address("addressDestination", bytes, { protocol: 255 });

type Asked = Pick<Extract<XfrmMessage, { type: string }>, "type" | "attributes"> & { body?: unknown };
const crypt = { kind: "algCrypt", value: aes } as const;
const row = (name: string, message: OutgoingMessage, ...asked: Asked[]) => ({ name, message, asked });

const rows = [
  row(
    "an SA with everything that PF_KEY has",
    add(
      sa({ authentication: 3, encryption: 12, replay: 200, flags: 0xe000_0041 }),
      sa2(2, 9),
      source,
      destination,
      enc,
      auth,
      limits("lifetimeHard", { allocations: 7, bytes: 8n, addTime: 9n, useTime: 10n }),
      limits("lifetimeSoft", { allocations: 0, bytes: 1n, addTime: 2n, useTime: 3n }),
      { kind: "natTType", natTType: 2, reserved: 0 },
      { kind: "natTSourcePort", port: 4500, reserved: 0 },
      { kind: "natTDestinationPort", port: 4501, reserved: 0 },
      { kind: "securityContext", algorithm: 1, doi: 1, context: ip(97, 0) },
    ),
    {
      type: "newSa",
      body: saInfo({
        lifetime: {
          ...noLimits,
          hardPackets: 7n,
          hardBytes: 8n,
          hardAddTime: 9n,
          hardUseTime: 10n,
          softBytes: 1n,
          softAddTime: 2n,
          softUseTime: 3n,
        },
        sequence: 9,
        reqid: 9,
        mode: 1,
        replayWindow: 32,
        flags: 7,
      }),
      attributes: [
        { kind: "algAuthTrunc", value: sha1 },
        crypt,
        {
          kind: "encap",
          value: { type: 2, sourcePort: 4500, destinationPort: 4501, originalAddress: wide() },
        },
        { kind: "secCtx", value: { algorithm: 1, doi: 1, context: ip(97, 0) } },
      ],
    },
  ),
  row(
    "an SA of IPv6 with the source of what is inside of it",
    request("add", "ah", [
      sa({ authentication: 5 }),
      address("addressSource", inet6(1)),
      address("addressDestination", inet6(2)),
      address("addressProxy", ip(10, 0, 0, 0), { prefixLength: 8 }),
      key("keyAuthentication", 32),
    ]),
    {
      type: "newSa",
      body: saInfo({
        selector: {
          ...hosts(),
          source: wide(10),
          sourcePrefixLength: 8,
          destination: wide(),
          destinationPrefixLength: 0,
        },
        id: { destination: inet6(2), spi: 0x1000, protocol: 51 },
        source: inet6(1),
        sequence: 9,
        family: 10,
      }),
      attributes: [
        {
          kind: "algAuthTrunc",
          value: { name: "hmac(sha256)", bits: 256, key: key5a(32), truncationBits: 96 },
        },
      ],
    },
  ),
  row("compression", request("add", "ipcomp", [sa({ encryption: 2 }), source, destination]), {
    type: "newSa",
    body: saInfo({ id: { destination: wide(192, 0, 2, 2), spi: 0x1000, protocol: 108 }, sequence: 9 }),
    attributes: [{ kind: "algComp", value: { name: "deflate", bits: 0, key: ip() } }],
  }),
  row(
    "an AEAD by PF_KEY's number",
    add(sa({ encryption: 19 }), source, destination, key("keyEncryption", 20)),
    {
      type: "newSa",
      body: saInfo({ sequence: 9 }),
      attributes: [
        { kind: "algAead", value: { name: "rfc4106(gcm(aes))", bits: 160, key: key5a(20), icvBits: 96 } },
      ],
    },
  ),
  row(
    "an AEAD by its name",
    add(
      sa(),
      source,
      destination,
      key("keyEncryption", 36),
      xfrm({ aead: { name: "rfc7539esp(chacha20,poly1305)", icvBits: 128 } }),
    ),
    {
      type: "newSa",
      body: saInfo({ sequence: 9 }),
      attributes: [
        {
          kind: "algAead",
          value: { name: "rfc7539esp(chacha20,poly1305)", bits: 288, key: key5a(36), icvBits: 128 },
        },
      ],
    },
  ),
  row(
    "what PF_KEY has no room for",
    add(
      sa({ authentication: 5, encryption: 12 }),
      source,
      destination,
      enc,
      auth,
      xfrm({
        authentication: { name: "hmac(sha256)", truncationBits: 128 },
        encryption: { name: "cbc(aria)" },
        mode: 4,
        mark: { value: 1, mask: 0xff },
        outputMark: { value: 2, mask: 0xf0 },
        ifId: 42,
        flags: 0x90,
        extraFlags: 1,
        replayWindow: 64,
        direction: "in",
        offload: { interfaceIndex: 3, flags: 2 },
        selector: {
          source: ip(10, 0, 0, 0),
          destination: ip(10, 1, 0, 0),
          sourcePrefixLength: 8,
          destinationPrefixLength: 16,
          sourcePort: 80,
          sourcePortMask: 0xffff,
          destinationPort: 0,
          destinationPortMask: 0,
          protocol: 6,
          interfaceIndex: 0xffff_ffff,
          user: 1000,
        },
        tfcPad: 256,
        natKeepalive: 20,
        cpu: 1,
        encapOriginal: ip(1, 2, 3, 4),
        other: [{ type: 60, bytes: ip(1, 2, 3) }],
      }),
    ),
    {
      type: "newSa",
      body: saInfo({
        selector: {
          family: 2,
          source: wide(10),
          destination: wide(10, 1),
          sourcePrefixLength: 8,
          destinationPrefixLength: 16,
          sourcePort: 80,
          sourcePortMask: 0xffff,
          destinationPort: 0,
          destinationPortMask: 0,
          protocol: 6,
          interfaceIndex: -1,
          user: 1000,
        },
        sequence: 9,
        mode: 4,
        flags: 0x90,
      }),
      attributes: [
        {
          kind: "algAuthTrunc",
          value: { name: "hmac(sha256)", bits: 160, key: key5a(20), truncationBits: 128 },
        },
        { kind: "algCrypt", value: { ...aes, name: "cbc(aria)" } },
        {
          kind: "encap",
          value: { type: 2, sourcePort: 0, destinationPort: 0, originalAddress: wide(1, 2, 3, 4) },
        },
        {
          kind: "replayEsnVal",
          value: {
            outgoing: 0,
            incoming: 0,
            outgoingHigh: 0,
            incomingHigh: 0,
            replayWindow: 64,
            bitmap: [0, 0],
          },
        },
        { kind: "mark", value: { value: 1, mask: 0xff } },
        { kind: "setMark", value: 2 },
        { kind: "setMarkMask", value: 0xf0 },
        { kind: "ifId", value: 42 },
        { kind: "saExtraFlags", value: 1 },
        { kind: "saDir", value: 1 },
        { kind: "offloadDev", value: { interfaceIndex: 3, flags: 2 } },
        { kind: "tfcPad", value: 256 },
        { kind: "natKeepaliveInterval", value: 20 },
        { kind: "saPcpu", value: 1 },
        { kind: "raw", type: 60, value: ip(1, 2, 3) },
      ],
    },
  ),
  row(
    "an UPDATE asks as well what there was",
    request("update", "esp", [
      sa({ encryption: 12 }),
      source,
      destination,
      enc,
      xfrm({ mark: { value: 1, mask: 1 } }),
    ]),
    {
      type: "getSa",
      body: { destination: wide(192, 0, 2, 2), spi: 0x1000, family: 2, protocol: 50 },
      attributes: [{ kind: "mark", value: { value: 1, mask: 1 } }],
    },
    {
      type: "updSa",
      body: saInfo({ sequence: 9 }),
      attributes: [crypt, { kind: "mark", value: { value: 1, mask: 1 } }],
    },
  ),
  row(
    "DELETE",
    request("delete", "esp", [sa(), source, destination, xfrm({ mark: { value: 3, mask: 7 } })]),
    {
      type: "delSa",
      body: { destination: wide(192, 0, 2, 2), spi: 0x1000, family: 2, protocol: 50 },
      attributes: [{ kind: "mark", value: { value: 3, mask: 7 } }],
    },
  ),
  row("GET", request("get", "ah", [sa(), source, destination]), {
    type: "getSa",
    body: { destination: wide(192, 0, 2, 2), spi: 0x1000, family: 2, protocol: 51 },
    attributes: [],
  }),
  row("GETSPI", request("getspi", "esp", [source, destination]), {
    type: "allocSpi",
    body: {
      sa: saInfo({ id: { destination: wide(192, 0, 2, 2), spi: 0, protocol: 50 }, sequence: 9 }),
      min: 0x100,
      max: 0x0fff_ffff,
    },
    attributes: [],
  }),
  row(
    "GETSPI with a range, mode and reqid",
    request("getspi", "ipcomp", [
      source,
      destination,
      sa2(2, 5),
      { kind: "spiRange", min: 3, max: 4, reserved: 0 },
    ]),
    {
      type: "allocSpi",
      body: {
        sa: saInfo({
          id: { destination: wide(192, 0, 2, 2), spi: 0, protocol: 108 },
          sequence: 9,
          mode: 1,
          reqid: 5,
        }),
        min: 3,
        max: 4,
      },
      attributes: [],
    },
  ),
  row("FLUSH of all", request("flush", "unspec"), {
    type: "flushSa",
    body: { protocol: 255 },
    attributes: [],
  }),
  row("FLUSH of one type", request("flush", "ah"), {
    type: "flushSa",
    body: { protocol: 51 },
    attributes: [],
  }),
  row("DUMP", request("dump", "unspec"), { type: "getSa", attributes: [{ kind: "proto", value: 255 }] }),
  row(
    "DUMP of one type, filtered",
    request("dump", "esp", [
      {
        kind: "filter",
        source: wide(10),
        destination: wide(),
        family: 2,
        sourcePrefixLength: 8,
        destinationPrefixLength: 0,
      },
    ]),
    {
      type: "getSa",
      attributes: [
        { kind: "proto", value: 50 },
        {
          kind: "addressFilter",
          value: {
            source: wide(10),
            destination: wide(),
            family: 2,
            sourcePrefixLength: 8,
            destinationPrefixLength: 0,
          },
        },
      ],
    },
  ),
  row(
    "a policy with everything that PF_KEY has",
    spdadd(
      address("addressSource", ip(10, 0, 0, 0), { protocol: 17, prefixLength: 8, port: 53 }),
      address("addressDestination", ip(10, 1, 0, 0), { protocol: 6, prefixLength: 16 }),
      limits("lifetimeHard", { addTime: 5n }),
      policy({
        direction: 1,
        priority: 7,
        requests: [
          { ...ipsecRequest, protocol: 51, level: 3, reqid: 9 },
          {
            ...ipsecRequest,
            mode: 2,
            level: 1,
            reqid: 8,
            source: sockaddr(inet6(1)),
            destination: sockaddr(inet6(2)),
          },
          { ...ipsecRequest, protocol: 108 },
        ],
      }),
    ),
    {
      type: "newPolicy",
      body: policyInfo({
        selector: hosts({
          source: wide(10),
          sourcePrefixLength: 8,
          sourcePort: 53,
          sourcePortMask: 0xffff,
          destination: wide(10, 1),
          destinationPrefixLength: 16,
          protocol: 6,
        }),
        lifetime: { ...noLimits, hardAddTime: 5n },
        priority: 7,
        direction: 0,
      }),
      attributes: [
        {
          kind: "tmpl",
          value: [
            template({ id: { destination: wide(), spi: 0, protocol: 51 }, reqid: 9 }),
            template({
              id: { destination: inet6(2), spi: 0, protocol: 50 },
              family: 10,
              source: inet6(1),
              mode: 1,
              optional: 1,
            }),
            template({ id: { destination: wide(), spi: 0, protocol: 108 }, family: 10 }),
          ],
        },
      ],
    },
  ),
  row(
    "a policy that discards",
    spdadd(source, anyTo(ip(192, 0, 2, 2)), policy({ policyType: 0, direction: 3 })),
    {
      type: "newPolicy",
      body: policyInfo({ direction: 2, action: 1 }),
      attributes: [],
    },
  ),
  row(
    "SPDUPDATE, with what PF_KEY has no room for",
    request("spdupdate", "unspec", [
      source,
      destination,
      policy({ requests: [{ ...ipsecRequest, mode: 0 }, ipsecRequest] }),
      xfrm({
        mark: { value: 1, mask: 2 },
        ifId: 3,
        policyType: 1,
        policyFlags: 2,
        share: 3,
        offload: { interfaceIndex: 4, flags: 0 },
        templates: [
          {
            mode: 5,
            share: 1,
            spi: 6,
            authenticationAlgorithms: 7,
            encryptionAlgorithms: 8,
            compressionAlgorithms: 9,
            source: ip(1, 1, 1, 1),
            destination: ip(2, 2, 2, 2),
          },
          {
            mode: 0,
            share: 0,
            spi: 0,
            authenticationAlgorithms: 1,
            encryptionAlgorithms: 1,
            compressionAlgorithms: 1,
            source: ip(),
            destination: ip(),
          },
        ],
        other: [{ type: 61, bytes: ip(9) }],
      }),
    ]),
    {
      type: "updPolicy",
      body: policyInfo({ flags: 2, share: 3 }),
      attributes: [
        {
          kind: "tmpl",
          value: [
            template({
              id: { destination: wide(2, 2, 2, 2), spi: 6, protocol: 50 },
              source: wide(1, 1, 1, 1),
              mode: 5,
              share: 1,
              authenticationAlgorithms: 7,
              encryptionAlgorithms: 8,
              compressionAlgorithms: 9,
            }),
            template({ authenticationAlgorithms: 1, encryptionAlgorithms: 1, compressionAlgorithms: 1 }),
          ],
        },
        { kind: "mark", value: { value: 1, mask: 2 } },
        { kind: "ifId", value: 3 },
        { kind: "policyType", value: { type: 1 } },
        { kind: "offloadDev", value: { interfaceIndex: 4, flags: 0 } },
        { kind: "raw", type: 61, value: ip(9) },
      ],
    },
  ),
  row("SPDSETIDX", request("spdsetidx", "unspec", [source, destination, policy()]), {
    type: "newPolicy",
    body: policyInfo(),
    attributes: [],
  }),
  row("SPDDELETE", request("spddelete", "unspec", [source, destination, policy(), xfrm({ ifId: 3 })]), {
    type: "delPolicy",
    body: { selector: hosts(), index: 0, direction: 1 },
    attributes: [{ kind: "ifId", value: 3 }],
  }),
  row("SPDDELETE2", request("spddelete2", "unspec", [policy({ id: 18 })]), {
    type: "delPolicy",
    body: { selector: { ...saInfo().selector, family: 0 }, index: 18, direction: 2 },
    attributes: [],
  }),
  row("SPDGET", request("spdget", "unspec", [policy({ id: 8 })]), {
    type: "getPolicy",
    body: { selector: { ...saInfo().selector, family: 0 }, index: 8, direction: 0 },
    attributes: [],
  }),
  row("SPDDUMP", request("spddump", "unspec"), { type: "getPolicy", attributes: [] }),
  row("SPDFLUSH", request("spdflush", "unspec"), {
    type: "flushPolicy",
    attributes: [{ kind: "policyType", value: { type: 0 } }],
  }),
  row(
    "MIGRATE",
    request("migrate", "unspec", [
      source,
      destination,
      policy({
        requests: [1, 3].map((last) => ({
          ...ipsecRequest,
          mode: 2,
          level: 3,
          reqid: 5,
          source: sockaddr(ip(192, 0, 2, last)),
          destination: sockaddr(ip(192, 0, 2, last + 1)),
        })),
      }),
      { kind: "kmAddress", reserved: 0, local: sockaddr(ip(1, 1, 1, 1)), remote: sockaddr(ip(2, 2, 2, 2)) },
    ]),
    {
      type: "migrate",
      body: { selector: hosts(), index: 0, direction: 1 },
      attributes: [
        { kind: "kmAddress", value: { local: wide(1, 1, 1, 1), remote: wide(2, 2, 2, 2), family: 2 } },
        {
          kind: "migrate",
          value: [
            {
              oldSource: wide(192, 0, 2, 1),
              oldDestination: wide(192, 0, 2, 2),
              oldFamily: 2,
              newSource: wide(192, 0, 2, 3),
              newDestination: wide(192, 0, 2, 4),
              newFamily: 2,
              protocol: 50,
              mode: 1,
              reqid: 5,
            },
          ],
        },
      ],
    },
  ),
];

describe("what is asked over PF_KEY, in XFRM's words", () => {
  it.each(rows)("$name", ({ message, asked }) => {
    const kernel = pretendKernel();
    const socket = openXfrmKeySocket(kernel);
    send(socket, numbered(message));
    const questions = kernel.asked.flat().map(({ flags, sequence, portId, ...question }) => question);
    expect(questions).toEqual(asked);
  });
});

const refusals: readonly (readonly [name: string, errno: number, message: OutgoingMessage])[] = [
  ["ADD without an SA", 22, add(source, destination, enc)],
  ["ADD without a destination", 22, add(sa({ encryption: 12 }), source, enc)],
  [
    "ADD between families",
    22,
    add(sa({ encryption: 12 }), source, address("addressDestination", inet6(2)), enc),
  ],
  ["ADD of ESP without a key for encryption", 22, add(sa({ encryption: 12 }), source, destination)],
  ["ADD of AH without a key", 22, request("add", "ah", [sa({ authentication: 3 }), source, destination])],
  [
    "ADD with a hard lifetime alone",
    22,
    add(sa({ encryption: 12 }), source, destination, enc, limits("lifetimeHard")),
  ],
  ["ADD of no type", 93, request("add", "unspec", [sa({ encryption: 12 }), source, destination, enc])],
  ["ADD of a type without SAs", 22, request("add", "rsvp", [sa(), source, destination])],
  ["ADD with an unknown algorithm", 38, add(sa({ encryption: 99 }), source, destination, enc)],
  ["ADD with an unknown mode", 22, add(sa({ encryption: 12 }), sa2(4), source, destination, enc)],
  ["GETSPI without a type that is known", 22, request("getspi", "rsvp", [source, destination])],
  ["GET of no type", 3, request("get", "unspec", [sa(), source, destination])],
  ["GET without a source", 22, request("get", "esp", [sa(), destination])],
  ["FLUSH of an unknown type", 22, request("flush", "rsvp")],
  ["DUMP of an unknown type", 22, request("dump", 200)],
  ["SPDADD without a policy", 22, spdadd(source, destination)],
  ["SPDADD with a direction of a socket", 22, spdadd(source, destination, policy({ direction: 4 }))],
  ["SPDADD of a type for sockets", 22, spdadd(source, destination, policy({ policyType: 3 }))],
  [
    "SPDADD with seven requests",
    40,
    spdadd(source, destination, policy({ requests: new Array(7).fill(ipsecRequest) })),
  ],
  [
    "SPDADD with a request of mode any",
    22,
    spdadd(source, destination, policy({ requests: [{ ...ipsecRequest, mode: 0 }] })),
  ],
  [
    "SPDADD with an extension for another number of requests",
    22,
    spdadd(source, destination, policy({ requests: [ipsecRequest] }), xfrm({ templates: [] })),
  ],
  ["SPDGET of a socket's policy", 22, request("spdget", "unspec", [policy({ id: 11 })])],
  ["SPDGET of no id", 2, request("spdget", "unspec", [policy({ id: 0 })])],
  [
    "MIGRATE of half a pair",
    22,
    request("migrate", "unspec", [source, destination, policy({ requests: [ipsecRequest] })]),
  ],
  ["EXPIRE", 95, request("expire", "esp")],
  ["a mode that has no room", 22, add(sa({ encryption: 11 }), source, destination, xfrm({ mode: 256 }))],
  [
    "a replay window beyond all",
    22,
    add(sa({ encryption: 11 }), source, destination, xfrm({ replayWindow: 4097 })),
  ],
  [
    "a policy of a type that has no room",
    22,
    request("spdadd", "unspec", [source, destination, policy(), xfrm({ policyType: 256 })]),
  ],
  ["PROMISC of an unknown kind", 22, request("promisc", "esp")],
  ["PROMISC with a message for everybody", 95, request("promisc", "unspec", [sa()])],
  ["ACQUIRE with something in it", 95, request("acquire", "esp", [sa()])],
  ["REGISTER of an unknown type", 22, request("register", 10)],
  ["two xfrm extensions", 22, add(sa({ encryption: 12 }), source, destination, enc, xfrm({}), xfrm({}))],
  [
    "a broken xfrm extension",
    22,
    add(sa({ encryption: 12 }), source, destination, enc, {
      kind: "raw",
      type: 0xff58,
      length: 2,
      data: ip(5, 0, 4, 1, 1, 1, 1, 1, 0, 0, 0, 0),
    } as never),
  ],
];

describe("what is refused without a word to the kernel", () => {
  it.each(refusals)("%s: errno %i", (_, errno, message) => {
    const kernel = pretendKernel();
    const socket = openXfrmKeySocket(kernel);
    send(socket, numbered(message));
    expect(kernel.asked).toEqual([]);
    const { type, saType } = message;
    expect(heard(socket)).toEqual([
      { version: 2, type, saType, errno, reserved: 0, sequence: 9, pid: 4242, extensions: [] },
    ]);
  });
});
