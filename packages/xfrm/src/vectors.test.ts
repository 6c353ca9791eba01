import { describe, expect, it } from "vitest";
import { decode } from "./decode.ts";
import { encode } from "./encode.ts";
import type { XfrmMessage } from "./message.ts";
import type { Selector } from "./selector.ts";
import { bytesOfHex } from "./testing/bytes.ts";

const unlimited = 2n ** 64n - 1n;
const unlimitedLifetime = {
  softBytes: unlimited,
  hardBytes: unlimited,
  softPackets: unlimited,
  hardPackets: unlimited,
  softAddTime: 0n,
  hardAddTime: 0n,
  softUseTime: 0n,
  hardUseTime: 0n,
};
const unused = { bytes: 0n, packets: 0n, addTime: 0n, useTime: 0n };
const stats = { replayWindow: 0, replay: 0, integrityFailed: 0 };
const address = (hex: string) => bytesOfHex(hex.padEnd(32, "0"));
const anything: Selector = {
  destination: address(""),
  source: address(""),
  destinationPort: 0,
  destinationPortMask: 0,
  sourcePort: 0,
  sourcePortMask: 0,
  family: 0,
  destinationPrefixLength: 0,
  sourcePrefixLength: 0,
  protocol: 0,
  interfaceIndex: 0,
  user: 0,
};

/** Accepted by Linux 6.18. */
const vectors: { name: string; message: XfrmMessage; hex: string; size: number }[] = [
  {
    name: "ALLOCSPI of an ESP SA, tunnel, reqid 5, SPI 0xc0000000 to 0xcfffffff",
    message: {
      type: "allocSpi",
      flags: 1,
      sequence: 1,
      portId: 0,
      body: {
        sa: {
          selector: anything,
          id: { destination: address("c0000202"), spi: 0, protocol: 50 },
          source: address("c0000201"),
          lifetime: unlimitedLifetime,
          current: unused,
          stats,
          sequence: 0,
          reqid: 5,
          family: 2,
          mode: 1,
          replayWindow: 32,
          flags: 0,
        },
        min: 0xc0000000,
        max: 0xcfffffff,
      },
      attributes: [],
    },
    size: 248,
    hex: `
      f8000000 1600 0100 01000000 00000000
      ${"00".repeat(56)}
      c0000202 ${"00".repeat(12)} 00000000 32 000000
      c0000201 ${"00".repeat(12)}
      ${"ff".repeat(32)} ${"00".repeat(32)}
      ${"00".repeat(32)}
      ${"00".repeat(12)}
      00000000 05000000 0200 01 20 00 ${"00".repeat(7)}
      000000c0 ffffffcf`,
  },
  {
    name: "NEWPOLICY, out, 10.0.0.0/8 to 10.1.0.0/16, priority 1000, one template",
    message: {
      type: "newPolicy",
      flags: 5,
      sequence: 2,
      portId: 0,
      body: {
        selector: {
          ...anything,
          destination: address("0a010000"),
          source: address("0a000000"),
          family: 2,
          destinationPrefixLength: 16,
          sourcePrefixLength: 8,
        },
        lifetime: unlimitedLifetime,
        current: unused,
        priority: 1000,
        index: 0,
        direction: 1,
        action: 0,
        flags: 0,
        share: 0,
      },
      attributes: [
        {
          kind: "tmpl",
          value: [
            {
              id: { destination: address("c0000202"), spi: 0, protocol: 50 },
              family: 2,
              source: address("c0000201"),
              reqid: 5,
              mode: 1,
              share: 0,
              optional: 0,
              authenticationAlgorithms: 0xffffffff,
              encryptionAlgorithms: 0xffffffff,
              compressionAlgorithms: 0xffffffff,
            },
          ],
        },
      ],
    },
    size: 252,
    hex: `
      fc000000 1300 0500 02000000 00000000
      0a010000 ${"00".repeat(12)} 0a000000 ${"00".repeat(12)}
      0000 0000 0000 0000 0200 10 08 00 000000 00000000 00000000
      ${"ff".repeat(32)} ${"00".repeat(32)}
      ${"00".repeat(32)}
      e8030000 00000000 01 00 00 00 00000000
      4400 0500
      c0000202 ${"00".repeat(12)} 00000000 32 000000
      0200 0000
      c0000201 ${"00".repeat(12)}
      05000000 01 00 00 00 ffffffff ffffffff ffffffff`,
  },
];

describe("vectors that a kernel takes", () => {
  it.each(vectors)("$name", ({ message, hex, size }) => {
    const bytes = bytesOfHex(hex);
    expect(bytes.length).toBe(size);
    expect(encode(message, "little")).toEqual(bytes);
    expect(decode(bytes, "little")).toEqual({ bytes, message, problems: [] });
  });
});
