import { describe, expect, it } from "vitest";
import { decode } from "./decode.ts";
import { inByteOrder } from "./dialect.ts";
import { encode } from "./encode.ts";
import type { OutgoingExtension } from "./extension.ts";
import { linux } from "./linux.ts";
import type { OutgoingMessage } from "./message.ts";
import { request } from "./request.ts";
import { bytesOfHex } from "./testing/layout.ts";

const inet = (address: string) => ({ family: "inet", port: 0, address: bytesOfHex(address) }) as const;
const addresses = (
  protocol: number,
  [source, sourcePrefixLength]: [string, number],
  [destination, destinationPrefixLength]: [string, number],
): OutgoingExtension[] => [
  {
    kind: "addressSource",
    protocol,
    prefixLength: sourcePrefixLength,
    reserved: 0,
    sockaddr: inet(source),
  },
  {
    kind: "addressDestination",
    protocol,
    prefixLength: destinationPrefixLength,
    reserved: 0,
    sockaddr: inet(destination),
  },
];
const sa2: OutgoingExtension = {
  kind: "sa2",
  mode: 2,
  reserved1: 0,
  reserved2: 0,
  sequence: 0,
  reqid: 5,
};
const limits = { allocations: 0, bytes: 0n, useTime: 0n };

const vectors: { name: string; message: OutgoingMessage; little: string; big: string }[] = [
  {
    name: "GETSPI of an ESP SA, mode tunnel, request id 5, SPI 0xc0000000 to 0xcfffffff",
    message: {
      ...request("getspi", "esp", [
        ...addresses(0, ["c0000201", 32], ["c0000202", 32]),
        sa2,
        { kind: "spiRange", min: 0xc0000000, max: 0xcfffffff, reserved: 0 },
      ]),
      sequence: 7,
      pid: 1234,
    },
    little: `
      020100030c00000007000000d2040000
      030005000020000002000000c00002010000000000000000
      030006000020000002000000c00002020000000000000000
      02001300020000000000000005000000
      02001000000000c0ffffffcf00000000`,
    big: `
      02010003000c000000000007000004d2
      000300050020000000020000c00002010000000000000000
      000300060020000000020000c00002020000000000000000
      00020013020000000000000000000005
      00020010c0000000cfffffff00000000`,
  },
  {
    name: "GET of a source address in IPv6",
    message: request("get", "esp", [
      {
        kind: "addressSource",
        protocol: 0,
        prefixLength: 128,
        reserved: 0,
        sockaddr: {
          family: "inet6",
          port: 0,
          flowInfo: 0,
          address: bytesOfHex("20010db8000000000000000000000001"),
          scopeId: 0,
        },
      },
    ]),
    little: `
      02050003070000000000000000000000
      05000500008000000a0000000000000020010db80000000000000000000000010000000000000000`,
    big: `
      02050003000700000000000000000000
      0005000500800000000a00000000000020010db80000000000000000000000010000000000000000`,
  },
  {
    name: "ADD of an ESP SA, aes-cbc and hmac-sha1, hard and soft lifetime",
    message: {
      ...request("add", "esp", [
        {
          kind: "sa",
          spi: 0xc1234567,
          replay: 32,
          state: 1,
          authentication: 3,
          encryption: 12,
          flags: 0,
        },
        { kind: "lifetimeHard", ...limits, addTime: 3600n },
        { kind: "lifetimeSoft", ...limits, addTime: 3000n },
        ...addresses(0, ["c0000201", 32], ["c0000202", 32]),
        {
          kind: "keyAuthentication",
          bits: 160,
          reserved: 0,
          key: bytesOfHex("000102030405060708090a0b0c0d0e0f10111213"),
        },
        {
          kind: "keyEncryption",
          bits: 128,
          reserved: 0,
          key: bytesOfHex("000102030405060708090a0b0c0d0e0f"),
        },
        sa2,
      ]),
      sequence: 8,
      pid: 1234,
    },
    little: `
      020300031b00000008000000d2040000
      02000100c12345672001030c00000000
      04000300000000000000000000000000100e0000000000000000000000000000
      04000400000000000000000000000000b80b0000000000000000000000000000
      030005000020000002000000c00002010000000000000000
      030006000020000002000000c00002020000000000000000
      04000800a0000000000102030405060708090a0b0c0d0e0f1011121300000000
      0300090080000000000102030405060708090a0b0c0d0e0f
      02001300020000000000000005000000`,
    big: `
      02030003001b000000000008000004d2
      00020001c12345672001030c00000000
      000400030000000000000000000000000000000000000e100000000000000000
      000400040000000000000000000000000000000000000bb80000000000000000
      000300050020000000020000c00002010000000000000000
      000300060020000000020000c00002020000000000000000
      0004000800a00000000102030405060708090a0b0c0d0e0f1011121300000000
      0003000900800000000102030405060708090a0b0c0d0e0f
      00020013020000000000000000000005`,
  },
  {
    name: "SPDADD of an outbound policy, ESP in a tunnel, level unique",
    message: {
      ...request("spdadd", "unspec", [
        ...addresses(255, ["0a000000", 8], ["0a010000", 16]),
        {
          kind: "policy",
          policyType: 2,
          direction: 2,
          reserved: 0,
          id: 0,
          priority: 1000,
          requests: [
            {
              protocol: 50,
              mode: 2,
              level: 3,
              reserved1: 0,
              reqid: 5,
              reserved2: 0,
              source: inet("c0000201"),
              destination: inet("c0000202"),
            },
          ],
        },
      ]),
      sequence: 9,
      pid: 1234,
    },
    little: `
      020e00001000000009000000d2040000
      03000500ff080000020000000a0000000000000000000000
      03000600ff100000020000000a0100000000000000000000
      080012000200020000000000e8030000
      30003200020300000500000000000000
      02000000c00002010000000000000000
      02000000c00002020000000000000000`,
    big: `
      020e00000010000000000009000004d2
      00030005ff080000000200000a0000000000000000000000
      00030006ff100000000200000a0100000000000000000000
      000800120002020000000000000003e8
      00300032020300000000000500000000
      00020000c00002010000000000000000
      00020000c00002020000000000000000`,
  },
  {
    name: "REGISTER for ESP",
    message: { ...request("register", "esp"), sequence: 1, pid: 1234 },
    little: "020700030200000001000000d2040000",
    big: "020700030002000000000001000004d2",
  },
  {
    name: "a GET refused with ESRCH",
    message: { ...request("get", "esp"), errno: 3, sequence: 10, pid: 1234 },
    little: "02050303020000000a000000d2040000",
    big: "02050303000200000000000a000004d2",
  },
];

describe.each(["little", "big"] as const)("%s endian", (byteOrder) => {
  const dialect = inByteOrder(linux, byteOrder);
  it.each(vectors)("$name", ({ message, ...hex }) => {
    const bytes = bytesOfHex(hex[byteOrder]);
    expect(encode(message, dialect)).toEqual(bytes);
    const decoded = decode(bytes, dialect);
    expect(decoded.problems).toEqual([]);
    expect(encode(decoded.message, dialect)).toEqual(bytes);
  });
});
