import { describe, expect, it } from "vitest";
import { decode } from "./decode.ts";
import { inByteOrder } from "./dialect.ts";
import { encode } from "./encode.ts";
import { linux } from "./linux.ts";
import { bytesOfHex, messageOf } from "./testing/layout.ts";

const little = inByteOrder(linux, "little");
const inet = { family: "inet", port: 0, address: bytesOfHex("c0000201") };
const inetHex = "02000000c00002010000000000000000";
const inet6 = {
  family: "inet6",
  port: 0,
  flowInfo: 0,
  address: bytesOfHex("20010db8000000000000000000000001"),
  scopeId: 0,
};
const inet6Hex = "0a0000000000000020010db800000000000000000000000100000000";
const source = { kind: "addressSource", type: 5, protocol: 0, prefixLength: 32, reserved: 0 };
const policy = {
  kind: "policy",
  type: 18,
  policyType: 2,
  direction: 1,
  reserved: 0,
  id: 0,
  priority: 0,
};
const policyHex = "120002000100 0000000000000000";
const esp = { protocol: 50, mode: 2, level: 2, reserved1: 0, reqid: 5, reserved2: 0 };
const espHex = "320002020000 0500000000000000";

describe("extensions that are odd and have nothing wrong with them", () => {
  const cases: { name: string; bytes: string; extensions: object[] }[] = [
    {
      name: "a structure of fixed size in a longer extension, zeros",
      bytes: "0300100000010000ff01000000000000 0000000000000000",
      extensions: [
        {
          kind: "spiRange",
          type: 16,
          length: 3,
          min: 256,
          max: 511,
          reserved: 0,
          padding: new Uint8Array(8),
        },
      ],
    },
    {
      name: "a structure of fixed size in a longer extension, not zeros",
      bytes: "02001400020000000102030405060708",
      extensions: [
        {
          kind: "natTType",
          type: 20,
          length: 2,
          natTType: 2,
          reserved: 0,
          padding: bytesOfHex("0102030405060708"),
        },
      ],
    },
    {
      name: "sin_zero is not zero",
      bytes: "0300050000200000 02000000c00002010102030405060708",
      extensions: [{ ...source, length: 3, sockaddr: { ...inet, padding: bytesOfHex("0102030405060708") } }],
    },
    {
      name: "something after sockaddr_in",
      bytes: `0400050000200000 ${inetHex} 0000000000000001`,
      extensions: [{ ...source, length: 4, sockaddr: inet, padding: bytesOfHex("0000000000000001") }],
    },
    {
      name: "something after sockaddr_in6 (CVE-2026-43088)",
      bytes: `0500050000200000 ${inet6Hex} deadbeef`,
      extensions: [{ ...source, length: 5, sockaddr: inet6, padding: bytesOfHex("deadbeef") }],
    },
    {
      name: "an address of another family reaches to the end of its extension",
      bytes: "0300050000200000 1000010203040506 0000000000000000",
      extensions: [
        {
          ...source,
          length: 3,
          sockaddr: { family: 16, data: bytesOfHex("0102030405060000000000000000") },
        },
      ],
    },
    {
      name: "something after a key",
      bytes: "0200090028000000 0102030405000001",
      extensions: [
        {
          kind: "keyEncryption",
          type: 9,
          length: 2,
          bits: 40,
          reserved: 0,
          key: bytesOfHex("0102030405"),
          padding: bytesOfHex("000001"),
        },
      ],
    },
    {
      name: "a key in a longer extension than its bits need",
      bytes: "0300090040000000 0102030405060708 0000000000000000",
      extensions: [
        {
          kind: "keyEncryption",
          type: 9,
          length: 3,
          bits: 64,
          reserved: 0,
          key: bytesOfHex("0102030405060708"),
          padding: new Uint8Array(8),
        },
      ],
    },
    {
      name: "an identity of an id alone",
      bytes: "02000a0000000000 e803000000000000",
      extensions: [
        {
          kind: "identitySource",
          type: 10,
          length: 2,
          identityType: 0,
          reserved: 0,
          id: 1000n,
          data: new Uint8Array(),
        },
      ],
    },
    {
      name: "an identity whose text has no NUL",
      bytes: "03000a0002000000 0000000000000000 6162636465666768",
      extensions: [
        {
          kind: "identitySource",
          type: 10,
          length: 3,
          identityType: 2,
          reserved: 0,
          id: 0n,
          data: bytesOfHex("6162636465666768"),
        },
      ],
    },
    {
      name: "something after the bitmaps",
      bytes: "03000c0000000000 0000000000000000 0000000000000001",
      extensions: [
        {
          kind: "sensitivity",
          type: 12,
          length: 3,
          dpd: 0,
          sensitivityLevel: 0,
          integrityLevel: 0,
          reserved: 0,
          sensitivityBitmap: [],
          integrityBitmap: [],
          padding: bytesOfHex("0000000000000001"),
        },
      ],
    },
    {
      name: "an empty list of algorithms",
      bytes: "01000e0000000000",
      extensions: [{ kind: "supportedAuthentication", type: 14, length: 1, reserved: 0, algorithms: [] }],
    },
    {
      name: "a context in a longer extension than it needs",
      bytes: "0300180001010200 6100000000000000 0000000000000000",
      extensions: [
        {
          kind: "securityContext",
          type: 24,
          length: 3,
          algorithm: 1,
          doi: 1,
          context: bytesOfHex("6100"),
          padding: new Uint8Array(14),
        },
      ],
    },
    {
      name: "eight bytes after the requests of a policy",
      bytes: `0500${policyHex} 1000${espHex} 0000000000000001`,
      extensions: [
        {
          ...policy,
          length: 5,
          requests: [{ ...esp, length: 16 }],
          padding: bytesOfHex("0000000000000001"),
        },
      ],
    },
    {
      name: "eight zeros after the requests of a policy",
      bytes: `0500${policyHex} 1000${espHex} 0000000000000000`,
      extensions: [
        {
          ...policy,
          length: 5,
          requests: [{ ...esp, length: 16 }],
          padding: new Uint8Array(8),
        },
      ],
    },
    {
      name: "something after the addresses of a request",
      bytes: `0900${policyHex} 3800${espHex} ${inetHex} ${inetHex} 0000000000000001`,
      extensions: [
        {
          ...policy,
          length: 9,
          requests: [
            {
              ...esp,
              length: 56,
              source: inet,
              destination: inet,
              padding: bytesOfHex("0000000000000001"),
            },
          ],
        },
      ],
    },
    {
      name: "a request with addresses of two families",
      bytes: `0a00${policyHex} 4000${espHex} ${inetHex} ${inet6Hex} 00000000`,
      extensions: [
        {
          ...policy,
          length: 10,
          requests: [{ ...esp, length: 64, source: inet, destination: inet6 }],
        },
      ],
    },
    {
      name: "a request whose length is not a multiple of 8",
      bytes: `0a00${policyHex} 3c00${espHex} ${inet6Hex} ${inetHex} 00000000`,
      extensions: [
        {
          ...policy,
          length: 10,
          requests: [{ ...esp, length: 60, source: inet6, destination: inet }],
        },
      ],
    },
    {
      name: "more requests than Linux takes",
      bytes: `1000${policyHex} ${`1000${espHex}`.repeat(7)}`,
      extensions: [{ ...policy, length: 16, requests: Array(7).fill({ ...esp, length: 16 }) }],
    },
    {
      name: "an extension of unknown number, twice",
      bytes: "01003c000102030401003c0005060708",
      extensions: [
        { kind: "raw", type: 60, length: 1, data: bytesOfHex("01020304") },
        { kind: "raw", type: 60, length: 1, data: bytesOfHex("05060708") },
      ],
    },
  ];

  it.each(cases)("$name", ({ bytes: hex, extensions }) => {
    const bytes = messageOf(bytesOfHex(hex), "little");
    const decoded = decode(bytes, little);
    expect(decoded.problems).toEqual([]);
    expect(decoded.message.extensions).toEqual(extensions);
    expect(encode(decoded.message, little)).toEqual(bytes);
  });
});

it("keeps a message type, an SA type and header fields that mean nothing", () => {
  const bytes = bytesOfHex("02c81104020034120000008000000080");
  const message = {
    version: 2,
    type: 200,
    saType: 4,
    errno: 17,
    reserved: 0x1234,
    sequence: 0x80000000,
    pid: 0x80000000,
    extensions: [],
  };
  expect(decode(bytes, little)).toEqual({ bytes, message, problems: [] });
  expect(encode(message, little)).toEqual(bytes);
});

describe("what decode gives is the caller's", () => {
  const hex = `0300050000200000 ${inetHex} 0200090040000000 0102030405060708 01003c0001020304`;

  it("copies", () => {
    const bytes = messageOf(bytesOfHex(hex), "little");
    const { message } = decode(bytes, little);
    const before = structuredClone(message);
    bytes.fill(0);
    expect(message).toEqual(before);
  });

  it("reads a view into the middle of a buffer, as a socket hands it out", () => {
    const bytes = messageOf(bytesOfHex(hex), "little");
    const pool = Buffer.concat([new Uint8Array(3), bytes, new Uint8Array(5)]);
    const { message, problems } = decode(pool.subarray(3, 3 + bytes.length), little);
    expect({ message, problems }).toEqual({ message: decode(bytes, little).message, problems: [] });
    const before = structuredClone(message);
    pool.fill(0);
    expect(message).toEqual(before);
  });
});
