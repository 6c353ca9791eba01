import { describe, expect, it } from "vitest";
import { decode, decodeStrict, MalformedMessageError } from "./decode.ts";
import { inByteOrder } from "./dialect.ts";
import { encode } from "./encode.ts";
import type { Extension } from "./extension.ts";
import { linux } from "./linux.ts";
import type { Problem } from "./problem.ts";
import { bytesOfHex, messageOf } from "./testing/layout.ts";

const little = inByteOrder(linux, "little");

const header = {
  version: 2,
  type: "get",
  saType: "esp",
  errno: 0,
  reserved: 0,
  sequence: 1,
  pid: 2,
} as const;
const nothing = {
  version: 0,
  type: 0,
  saType: "unspec",
  errno: 0,
  reserved: 0,
  sequence: 0,
  pid: 0,
} as const;
const range = "0200100000010000ff01000000000000";
const spiRange: Extension = { kind: "spiRange", type: 16, length: 2, min: 256, max: 511, reserved: 0 };

describe("messages", () => {
  const cases: { name: string; bytes: string; message: object; problems: Problem[] }[] = [
    {
      name: "no bytes",
      bytes: "",
      message: { ...nothing, extensions: [] },
      problems: [{ reason: "header-short", offset: 0, detail: "0 bytes, expected at least 16" }],
    },
    {
      name: "half of the length",
      bytes: "0205000302",
      message: { ...nothing, version: 2, type: "get", saType: "esp", extensions: [] },
      problems: [{ reason: "header-short", offset: 0, detail: "5 bytes, expected at least 16" }],
    },
    {
      name: "all but a byte of the sequence",
      bytes: "0205110302000100ffffff",
      message: { ...nothing, version: 2, type: "get", saType: "esp", errno: 17, reserved: 1, extensions: [] },
      problems: [{ reason: "header-short", offset: 0, detail: "11 bytes, expected at least 16" }],
    },
    {
      name: "all but a byte of the header",
      bytes: "02050003020000000100000002ffff",
      message: { ...header, pid: 0, extensions: [] },
      problems: [{ reason: "header-short", offset: 0, detail: "15 bytes, expected at least 16" }],
    },
    {
      name: "version 1",
      bytes: "01050003020000000100000002000000",
      message: { ...header, version: 1, extensions: [] },
      problems: [{ reason: "version-unknown", offset: 0, detail: "version 1, expected 2" }],
    },
    {
      name: "length 0",
      bytes: `02050003000000000100000002000000${range}`,
      message: { ...header, extensions: [] },
      problems: [{ reason: "message-length-short", offset: 4, detail: "length 0, expected at least 2" }],
    },
    {
      name: "length 1",
      bytes: "02050003010000000100000002000000",
      message: { ...header, extensions: [] },
      problems: [{ reason: "message-length-short", offset: 4, detail: "length 1, expected at least 2" }],
    },
    {
      name: "more bytes than the length says",
      bytes: `02050003020000000100000002000000${range}`,
      message: { ...header, extensions: [] },
      problems: [{ reason: "message-trailing-bytes", offset: 16, detail: "32 bytes, expected 16" }],
    },
    {
      name: "bytes that are no whole word after the message",
      bytes: `02050003040000000100000002000000${range}000000`,
      message: { ...header, extensions: [spiRange] },
      problems: [{ reason: "message-trailing-bytes", offset: 32, detail: "35 bytes, expected 32" }],
    },
    {
      name: "fewer bytes than the length says, between two extensions",
      bytes: `02050003060000000100000002000000${range}`,
      message: { ...header, extensions: [spiRange] },
      problems: [{ reason: "message-truncated", offset: 4, detail: "32 bytes, expected 48" }],
    },
    {
      name: "fewer bytes than the length says, inside an extension",
      bytes: `02050003040000000100000002000000${range.slice(0, -2)}`,
      message: { ...header, extensions: [] },
      problems: [
        { reason: "message-truncated", offset: 4, detail: "31 bytes, expected 32" },
        {
          reason: "extension-past-end",
          offset: 16,
          detail: "extension 16 has 16 bytes, expected at most 15",
        },
      ],
    },
    {
      name: "fewer bytes than the length says, inside an extension's header",
      bytes: `02050003060000000100000002000000${range}020010`,
      message: { ...header, extensions: [spiRange] },
      problems: [
        { reason: "message-truncated", offset: 4, detail: "35 bytes, expected 48" },
        { reason: "extension-header-short", offset: 32, detail: "3 bytes, expected at least 4" },
      ],
    },
    {
      name: "an extension of length 0",
      bytes: `02050003050000000100000002000000${range}0000010000000000`,
      message: { ...header, extensions: [spiRange] },
      problems: [
        {
          reason: "extension-length-zero",
          offset: 32,
          detail: "extension 1 has length 0, expected at least 1",
        },
      ],
    },
    {
      name: "an extension that ends after the message",
      bytes: `02050003050000000100000002000000${range}0200010000000000`,
      message: { ...header, extensions: [spiRange] },
      problems: [
        { reason: "extension-past-end", offset: 32, detail: "extension 1 has 16 bytes, expected at most 8" },
      ],
    },
  ];

  it.each(cases)("$name", ({ bytes: hex, message, problems }) => {
    const bytes = bytesOfHex(hex);
    expect(decode(bytes, little)).toEqual({ bytes, message, problems });
    expect(() => decodeStrict(bytes, little)).toThrow(new MalformedMessageError(problems[0]!));
  });
});

describe("extensions; nothing is lost", () => {
  const transport = "1000320001020000 0500000000000000";
  const esp = { length: 16, protocol: 50, mode: 1, level: 2, reserved1: 0, reqid: 5, reserved2: 0 };
  const policy = { kind: "policy", type: 18, policyType: 2, direction: 1, reserved: 0, id: 0, priority: 0 };
  const cases: { name: string; bytes: string; extensions: object[]; problems: Problem[] }[] = [
    {
      name: "of type 0",
      bytes: `0100000001020304${range}`,
      extensions: [{ kind: "raw", type: 0, length: 1, data: bytesOfHex("01020304") }, spiRange],
      problems: [
        { reason: "extension-type-zero", offset: 16, detail: "extension of type 0, expected at least 1" },
      ],
    },
    {
      name: "twice the same",
      bytes: `${range}${range}`,
      extensions: [spiRange, spiRange],
      problems: [{ reason: "extension-duplicate", offset: 32, detail: "a second spiRange, expected one" }],
    },
    {
      name: "an SA of half its size",
      bytes: "0100010012345678",
      extensions: [{ kind: "raw", type: 1, length: 1, data: bytesOfHex("12345678") }],
      problems: [
        { reason: "extension-too-short", offset: 16, detail: "sa has 8 bytes, expected at least 16" },
      ],
    },
    {
      name: "twice the same, both too short",
      bytes: "01000100123456780100010012345678",
      extensions: [
        { kind: "raw", type: 1, length: 1, data: bytesOfHex("12345678") },
        { kind: "raw", type: 1, length: 1, data: bytesOfHex("12345678") },
      ],
      problems: [
        { reason: "extension-too-short", offset: 16, detail: "sa has 8 bytes, expected at least 16" },
        { reason: "extension-duplicate", offset: 24, detail: "a second sa, expected one" },
        { reason: "extension-too-short", offset: 24, detail: "sa has 8 bytes, expected at least 16" },
      ],
    },
    {
      name: "an address without a socket address",
      bytes: "0100050000200000",
      extensions: [{ kind: "raw", type: 5, length: 1, data: bytesOfHex("00200000") }],
      problems: [
        {
          reason: "sockaddr-truncated",
          offset: 24,
          detail: "addressSource has 0 bytes for a socket address, fewer than its family needs",
        },
      ],
    },
    {
      name: "an IPv4 address of half its size",
      bytes: "020005000020000002000000c0000201",
      extensions: [{ kind: "raw", type: 5, length: 2, data: bytesOfHex("0020000002000000c0000201") }],
      problems: [
        {
          reason: "sockaddr-truncated",
          offset: 24,
          detail: "addressSource has 8 bytes for a socket address, fewer than its family needs",
        },
      ],
    },
    {
      name: "an IPv6 address of the size of an IPv4 address",
      bytes: "03000600008000000a0000000000000020010db800000000",
      extensions: [
        { kind: "raw", type: 6, length: 3, data: bytesOfHex("008000000a0000000000000020010db800000000") },
      ],
      problems: [
        {
          reason: "sockaddr-truncated",
          offset: 24,
          detail: "addressDestination has 16 bytes for a socket address, fewer than its family needs",
        },
      ],
    },
    {
      name: "a key of more bits than there are",
      bytes: "0200090041000000a0a1a2a3a4a5a6a7",
      extensions: [{ kind: "raw", type: 9, length: 2, data: bytesOfHex("41000000a0a1a2a3a4a5a6a7") }],
      problems: [
        { reason: "key-bits", offset: 20, detail: "keyEncryption of 65 bits needs 9 bytes and has 8" },
      ],
    },
    {
      name: "bitmaps that do not fit",
      bytes: "04000c0001000000050206010000000001020304050607080102030405060708",
      extensions: [
        {
          kind: "raw",
          type: 12,
          length: 4,
          data: bytesOfHex("01000000050206010000000001020304050607080102030405060708"),
        },
      ],
      problems: [
        {
          reason: "sensitivity-bitmaps",
          offset: 25,
          detail: "bitmaps of 2 and 1 words of 8 bytes do not fit into 16 bytes",
        },
      ],
    },
    {
      name: "combinations that do not divide the proposal",
      bytes: "02000d00200000000102030405060708",
      extensions: [
        {
          kind: "proposal",
          type: 13,
          length: 2,
          replay: 32,
          reserved: 0,
          combinations: [],
          padding: bytesOfHex("0102030405060708"),
        },
      ],
      problems: [
        {
          reason: "proposal-length",
          offset: 16,
          detail: "8 bytes of combinations are not a multiple of 72",
        },
      ],
    },
    {
      name: "a context that does not fit",
      bytes: "0200180001010900 6162636465666768",
      extensions: [{ kind: "raw", type: 24, length: 2, data: bytesOfHex("010109006162636465666768") }],
      problems: [
        {
          reason: "security-context-length",
          offset: 22,
          detail: "a context of 9 bytes does not fit into 8",
        },
      ],
    },
    {
      name: "one address of two for key management",
      bytes: "0300190000000000 02000000c00002010000000000000000",
      extensions: [
        { kind: "raw", type: 25, length: 3, data: bytesOfHex("0000000002000000c00002010000000000000000") },
      ],
      problems: [
        { reason: "sockaddr-truncated", offset: 24, detail: "16 bytes do not hold two socket addresses" },
      ],
    },
    {
      name: "addresses of a family of unknown size for key management",
      bytes: "0300190000000000 01000000c00002010000000000000000",
      extensions: [
        { kind: "raw", type: 25, length: 3, data: bytesOfHex("0000000001000000c00002010000000000000000") },
      ],
      problems: [
        { reason: "sockaddr-truncated", offset: 24, detail: "16 bytes do not hold two socket addresses" },
      ],
    },
    {
      name: "two addresses for key management, the second of a family of unknown size",
      bytes: "0500190000000000 02000000c00002010000000000000000 01000000c00002010000000000000000",
      extensions: [
        {
          kind: "raw",
          type: 25,
          length: 5,
          data: bytesOfHex("00000000 02000000c00002010000000000000000 01000000c00002010000000000000000"),
        },
      ],
      problems: [
        { reason: "sockaddr-truncated", offset: 24, detail: "32 bytes do not hold two socket addresses" },
      ],
    },
    {
      name: "a policy's second request of length 0",
      bytes: `0600120002000100 0000000000000000 ${transport} 0000320001020000 0500000000000000`,
      extensions: [
        {
          ...policy,
          length: 6,
          requests: [esp],
          padding: bytesOfHex("00003200010200000500000000000000"),
        },
      ],
      problems: [{ reason: "ipsecrequest-length", offset: 48, detail: "0 bytes, expected 16 to 16" }],
    },
    {
      name: "a policy's request of 15 bytes",
      bytes: "0400120002000100 0000000000000000 0f00320001020000 0500000000000000",
      extensions: [
        { ...policy, length: 4, requests: [], padding: bytesOfHex("0f003200010200000500000000000000") },
      ],
      problems: [{ reason: "ipsecrequest-length", offset: 32, detail: "15 bytes, expected 16 to 16" }],
    },
    {
      name: "a policy's request that ends after the policy",
      bytes: "0400120002000100 0000000000000000 1100320001020000 0500000000000000",
      extensions: [
        { ...policy, length: 4, requests: [], padding: bytesOfHex("11003200010200000500000000000000") },
      ],
      problems: [{ reason: "ipsecrequest-length", offset: 32, detail: "17 bytes, expected 16 to 16" }],
    },
    {
      name: "one address of two in a policy's request",
      bytes:
        "0600120002000100 0000000000000000 2000320001020000 0500000000000000 02000000c00002010000000000000000",
      extensions: [
        {
          ...policy,
          length: 6,
          requests: [{ ...esp, length: 32, padding: bytesOfHex("02000000c00002010000000000000000") }],
        },
      ],
      problems: [
        { reason: "ipsecrequest-addresses", offset: 48, detail: "16 bytes do not hold two socket addresses" },
      ],
    },
  ];

  it.each(cases)("$name", ({ bytes: hex, extensions, problems }) => {
    const bytes = messageOf(bytesOfHex(hex), "little");
    const decoded = decode(bytes, little);
    expect(decoded).toEqual({ bytes, message: { ...header, extensions }, problems });
    expect(encode(decoded.message, little)).toEqual(bytes);
  });
});
