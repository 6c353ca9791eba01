import { expect, it } from "vitest";
import type { Dialect } from "./dialect.ts";
import { encode } from "./encode.ts";
import { EncodeError } from "./encode-error.ts";
import type { OutgoingExtension } from "./extension.ts";
import { illumos } from "./illumos.ts";
import { linux } from "./linux.ts";
import { request } from "./request.ts";

const key = { kind: "keyEncryption", bits: 64, reserved: 16, key: new Uint8Array(8) } as const;
const address = {
  kind: "addressSource",
  protocol: 0,
  prefixLength: 128,
  reserved: 0,
  sockaddr: {
    family: "inet6",
    port: 0,
    flowInfo: 0,
    address: new Uint8Array(16),
    scopeId: 0,
    sourceId: 1,
  },
} as const;
const algorithm = { id: 12, ivLength: 16, minBits: 128, maxBits: 256, reserved: 0 };
const supported = { kind: "supportedEncryption", reserved: 0, algorithms: [algorithm] } as const;
const limits = {
  softAllocations: 0,
  hardAllocations: 0,
  softBytes: 0n,
  hardBytes: 0n,
  softAddTime: 0n,
  hardAddTime: 0n,
  softUseTime: 0n,
  hardUseTime: 0n,
};
const combination = {
  authentication: 2,
  encryption: 20,
  flags: 0,
  authenticationMinBits: 0,
  authenticationMaxBits: 0,
  encryptionMinBits: 128,
  encryptionMaxBits: 256,
  reserved: 0,
  ...limits,
};
const proposal = { kind: "proposal", replay: 0, reserved: 0, combinations: [combination] } as const;
const extendedCombination = { reserved1: 0, flags: 0, reserved2: 0, ...limits, algorithms: [] };
const proposed = { saType: 3, algorithmType: 2, algorithm: 20, saltBits: 32, minBits: 128, maxBits: 256 };
const extendedProposal = {
  kind: "extendedProposal",
  replay: 0,
  reserved: 0,
  combinations: [extendedCombination],
} as const;

const refused: { name: string; dialect: Dialect; extension: object; message: string }[] = [
  {
    name: "a kind of Linux on illumos",
    dialect: illumos,
    extension: { kind: "sa2", mode: 0, reserved1: 0, reserved2: 0, sequence: 0, reqid: 0 },
    message: '"sa2" is no value for extension.kind: expected a kind that illumos has a number for',
  },
  {
    name: "a kind of illumos on Linux",
    dialect: linux,
    extension: { kind: "kmCookie", protocol: 1, cookie: 1n },
    message: '"kmCookie" is no value for extension.kind: expected a kind that linux has a number for',
  },
  {
    name: "salt on Linux, without showing it",
    dialect: linux,
    extension: { ...key, salt: Uint8Array.of(0xaa, 0xbb) },
    message: '"2 bytes" is no value for key.salt: expected none, as the dialect has no such field',
  },
  {
    name: "salt that is not as long as its bits",
    dialect: illumos,
    extension: { ...key, salt: Uint8Array.of(0xaa) },
    message: '"1 bytes" is no value for key.salt: expected 2 bytes',
  },
  {
    name: "salt that is no bytes",
    dialect: illumos,
    extension: { ...key, salt: [1, 2] },
    message: '"object" is no value for key.salt: expected a Uint8Array',
  },
  {
    name: "a source id on Linux",
    dialect: linux,
    extension: address,
    message: '"1" is no value for sockaddr.sourceId: expected 0, as the dialect has no such field',
  },
  {
    name: "a source id of 33 bits",
    dialect: illumos,
    extension: { ...address, sockaddr: { ...address.sockaddr, sourceId: 2 ** 32 } },
    message: '"4294967296" is no value for sockaddr.sourceId: expected an integer from 0 to 4294967295',
  },
  {
    name: "an algorithm's increment on Linux",
    dialect: linux,
    extension: { ...supported, algorithms: [{ ...algorithm, increment: 64 }] },
    message: '"64" is no value for algorithm.increment: expected 0, as the dialect has no such field',
  },
  {
    name: "an algorithm's salt on Linux",
    dialect: linux,
    extension: { ...supported, algorithms: [{ ...algorithm, saltBits: 32 }] },
    message: '"32" is no value for algorithm.saltBits: expected 0, as the dialect has no such field',
  },
  {
    name: "an algorithm's reserved field on illumos",
    dialect: illumos,
    extension: { ...supported, algorithms: [{ ...algorithm, reserved: 1 }] },
    message: '"1" is no value for algorithm.reserved: expected 0, as the dialect has no such field',
  },
  {
    name: "an increment that is no byte",
    dialect: illumos,
    extension: { ...supported, algorithms: [{ ...algorithm, increment: 256 }] },
    message: '"256" is no value for algorithm.increment: expected an integer from 0 to 255',
  },
  {
    name: "a combination's salt on Linux",
    dialect: linux,
    extension: { ...proposal, combinations: [{ ...combination, saltBits: 32 }] },
    message: '"32" is no value for combination.saltBits: expected 0, as the dialect has no such field',
  },
  {
    name: "25 bits of a combination's reserved field",
    dialect: illumos,
    extension: { ...proposal, combinations: [{ ...combination, reserved: 2 ** 24 }] },
    message: '"16777216" is no value for combination.reserved: expected an integer from 0 to 16777215',
  },
  {
    name: "an SA type that is no byte",
    dialect: illumos,
    extension: { kind: "extendedRegister", saTypes: [3, 256] },
    message: '"256" is no value for extendedRegister.saTypes: expected an integer from 0 to 255',
  },
  {
    name: "256 algorithms in a combination",
    dialect: illumos,
    extension: {
      ...extendedProposal,
      combinations: [{ ...extendedCombination, algorithms: Array(256).fill(proposed) }],
    },
    message: '"256" is no value for combination.algorithms.length: expected an integer from 0 to 255',
  },
  {
    name: "17 bits of an algorithm's key size",
    dialect: illumos,
    extension: {
      ...extendedProposal,
      combinations: [{ ...extendedCombination, algorithms: [{ ...proposed, maxBits: 65536 }] }],
    },
    message: '"65536" is no value for algorithm.maxBits: expected an integer from 0 to 65535',
  },
  {
    name: "a pair's SPI of 33 bits",
    dialect: illumos,
    extension: { kind: "pair", spi: 2 ** 32 },
    message: '"4294967296" is no value for pair.spi: expected an integer from 0 to 4294967295',
  },
];

it.each(refused)("refuses $name", ({ dialect, extension, message }) => {
  const attempt = () => encode(request("add", "esp", [extension as OutgoingExtension]), dialect);
  expect(attempt).toThrow(EncodeError);
  expect(attempt).toThrow(message);
});

it("takes nothing for what it has no field for, and 0", () => {
  const withZeros: OutgoingExtension[] = [
    { ...address, sockaddr: { ...address.sockaddr, sourceId: 0 } },
    { ...supported, algorithms: [{ ...algorithm, increment: 0, saltBits: 0 }] },
    { ...proposal, combinations: [{ ...combination, saltBits: 0 }] },
  ];
  const { sourceId, ...sockaddr } = address.sockaddr;
  const without: OutgoingExtension[] = [{ ...address, sockaddr }, supported, proposal];
  for (const dialect of [linux, illumos]) {
    expect(encode(request("add", "esp", withZeros), dialect)).toEqual(
      encode(request("add", "esp", without), dialect),
    );
  }
});
