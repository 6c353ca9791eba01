import { describe, expect, it } from "vitest";
import { decode } from "./decode.ts";
import { inByteOrder } from "./dialect.ts";
import { encode } from "./encode.ts";
import { illumos } from "./illumos.ts";
import type { Problem } from "./problem.ts";
import { bytesOfHex, messageOf } from "./testing/layout.ts";

const little = inByteOrder(illumos, "little");

const source = { kind: "addressSource", type: 5, protocol: 0, prefixLength: 128, reserved: 0 };
const inet6Hex = "1a0000000000000020010db800000000000000000000000100000000";
const zeros = (bytes: number) => "00".repeat(bytes);
const noLimits = {
  reserved1: 0,
  flags: 0,
  reserved2: 0,
  softAllocations: 0,
  hardAllocations: 0,
  softBytes: 0n,
  hardBytes: 0n,
  softAddTime: 0n,
  hardAddTime: 0n,
  softUseTime: 0n,
  hardUseTime: 0n,
};

const tooShort = (kind: string, size: number, minimum: number): Problem => ({
  reason: "extension-too-short",
  offset: 16,
  detail: `${kind} has ${size} bytes, expected at least ${minimum}`,
});

describe("extensions of illumos; nothing is lost", () => {
  const cases: { name: string; bytes: string; extensions: object[]; problems: Problem[] }[] = [
    {
      name: "a sockaddr_in6 of 24 bytes",
      bytes: `0400050000800000 ${inet6Hex.slice(0, 48)}`,
      extensions: [
        { kind: "raw", type: 5, length: 4, data: bytesOfHex(`00800000 ${inet6Hex.slice(0, 48)}`) },
      ],
      problems: [
        {
          reason: "sockaddr-truncated",
          offset: 24,
          detail: "addressSource has 24 bytes for a socket address, fewer than its family needs",
        },
      ],
    },
    {
      name: "the AF_INET6 of Linux is a family like any other",
      bytes: `0500050000800000 0a00${inet6Hex.slice(4)} 00000000`,
      extensions: [
        {
          ...source,
          length: 5,
          sockaddr: { family: 10, data: bytesOfHex(`${inet6Hex.slice(4)}00000000`) },
        },
      ],
      problems: [],
    },
    {
      name: "an address of 264 bytes, as Solaris 10 sends it",
      bytes: `2100050000800000 ${inet6Hex} ${zeros(264 - 8 - 28)}`,
      extensions: [
        {
          ...source,
          length: 33,
          sockaddr: {
            family: "inet6",
            port: 0,
            flowInfo: 0,
            address: bytesOfHex("20010db8000000000000000000000001"),
            scopeId: 0,
          },
          padding: new Uint8Array(264 - 40),
        },
      ],
      problems: [],
    },
    {
      name: "a request's key ends with its salt, and what follows it is shown as one",
      bytes: `0400 0900 a000 2000 ${"a1".repeat(16)} b1b2b3b4 00000000`,
      extensions: [
        {
          kind: "keyEncryption",
          type: 9,
          length: 4,
          bits: 160,
          reserved: 32,
          key: bytesOfHex(`${"a1".repeat(16)} b1b2b3b4`),
          salt: new Uint8Array(4),
        },
      ],
      problems: [],
    },
    {
      name: "a key with no room for its salt",
      bytes: `0300 0900 8000 0100 ${"a1".repeat(16)}`,
      extensions: [
        {
          kind: "keyEncryption",
          type: 9,
          length: 3,
          bits: 128,
          reserved: 1,
          key: bytesOfHex("a1".repeat(16)),
        },
      ],
      problems: [],
    },
    {
      name: "something after the salt of a key",
      bytes: `0400 0900 8000 1800 ${"a1".repeat(16)} b1b2b3 0000000001`,
      extensions: [
        {
          kind: "keyEncryption",
          type: 9,
          length: 4,
          bits: 128,
          reserved: 24,
          key: bytesOfHex("a1".repeat(16)),
          salt: bytesOfHex("b1b2b3"),
          padding: bytesOfHex("0000000001"),
        },
      ],
      problems: [],
    },
    {
      name: "a key of more bits than there are",
      bytes: "0200 1c00 4100 0000 a0a1a2a3a4a5a6a7",
      extensions: [{ kind: "raw", type: 28, length: 2, data: bytesOfHex("41000000a0a1a2a3a4a5a6a7") }],
      problems: [
        { reason: "key-bits", offset: 20, detail: "stringAuthentication of 65 bits needs 9 bytes and has 8" },
      ],
    },
    {
      name: "bitmaps of an outer label that do not fit",
      bytes: `0300 1b00 01000000 05020600 00000000 ${zeros(8)}`,
      extensions: [
        { kind: "raw", type: 27, length: 3, data: bytesOfHex(`01000000 05020600 00000000 ${zeros(8)}`) },
      ],
      problems: [
        {
          reason: "sensitivity-bitmaps",
          offset: 25,
          detail: "bitmaps of 2 and 0 words of 8 bytes do not fit into 8 bytes",
        },
      ],
    },
    {
      name: "a list of SA types that fills its extension",
      bytes: "0100 1100 03020405",
      extensions: [{ kind: "extendedRegister", type: 17, length: 1, saTypes: [3, 2, 4, 5] }],
      problems: [],
    },
    {
      name: "something after the end of the list of SA types",
      bytes: "0200 1100 03000200 0000000000000001",
      extensions: [
        {
          kind: "extendedRegister",
          type: 17,
          length: 2,
          saTypes: [3],
          padding: bytesOfHex("000200 0000000000000001"),
        },
      ],
      problems: [],
    },
    {
      name: "an extended proposal of nothing",
      bytes: "0100 1200 2000 0000",
      extensions: [
        { kind: "extendedProposal", type: 18, length: 1, replay: 32, reserved: 0, combinations: [] },
      ],
      problems: [],
    },
    {
      name: "an extended proposal with less room than a combination takes",
      bytes: `0800 1200 2000 0100 ${zeros(56)}`,
      extensions: [{ kind: "raw", type: 18, length: 8, data: bytesOfHex(`20000100 ${zeros(56)}`) }],
      problems: [
        {
          reason: "extended-proposal-length",
          offset: 24,
          detail: "combination 1 of 1 needs 64 bytes and has 56",
        },
      ],
    },
    {
      name: "an extended proposal with fewer algorithms than it counts",
      bytes: `0a00 1200 2000 0100 02${zeros(63)} 03020c0080000001`,
      extensions: [
        {
          kind: "raw",
          type: 18,
          length: 10,
          data: bytesOfHex(`20000100 02${zeros(63)} 03020c0080000001`),
        },
      ],
      problems: [
        {
          reason: "extended-proposal-length",
          offset: 24,
          detail: "combination 1 of 1 needs 80 bytes and has 72",
        },
      ],
    },
    {
      name: "an extended proposal with fewer combinations than it counts",
      bytes: `0900 1200 2000 ffff ${zeros(64)}`,
      extensions: [{ kind: "raw", type: 18, length: 9, data: bytesOfHex(`2000ffff ${zeros(64)}`) }],
      problems: [
        {
          reason: "extended-proposal-length",
          offset: 88,
          detail: "combination 2 of 65535 needs 64 bytes and has 0",
        },
      ],
    },
    {
      name: "something after the combinations of an extended proposal",
      bytes: `0a00 1200 2000 0100 ${zeros(64)} 03020c0080000001`,
      extensions: [
        {
          kind: "extendedProposal",
          type: 18,
          length: 10,
          replay: 32,
          reserved: 0,
          combinations: [{ ...noLimits, algorithms: [] }],
          padding: bytesOfHex("03020c0080000001"),
        },
      ],
      problems: [],
    },
    ...[
      { type: 19, kind: "kmCookie", minimum: 16 },
      { type: 24, kind: "replayValue", minimum: 16 },
      { type: 25, kind: "extendedDump", minimum: 16 },
      { type: 26, kind: "lifetimeIdle", minimum: 32 },
      { type: 27, kind: "outerSensitivity", minimum: 16 },
    ].map(({ type, kind, minimum }) => ({
      name: `${kind} of 8 bytes`,
      bytes: `0100 ${type.toString(16)}00 01020304`,
      extensions: [{ kind: "raw", type, length: 1, data: bytesOfHex("01020304") }],
      problems: [tooShort(kind, 8, minimum)],
    })),
  ];

  it.each(cases)("$name", ({ bytes: hex, extensions, problems }) => {
    const bytes = messageOf(bytesOfHex(hex), "little");
    const decoded = decode(bytes, little);
    expect(decoded.message.extensions).toEqual(extensions);
    expect(decoded.problems).toEqual(problems);
    expect(encode(decoded.message, little)).toEqual(bytes);
  });
});
