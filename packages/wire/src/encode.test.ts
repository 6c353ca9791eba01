import { describe, expect, it } from "vitest";
import { decode } from "./decode.ts";
import { inByteOrder } from "./dialect.ts";
import { encode, MessageTooLongError } from "./encode.ts";
import { EncodeError } from "./encode-error.ts";
import type { OutgoingExtension } from "./extension.ts";
import { linux } from "./linux.ts";
import { maximumMessageBytes, type OutgoingMessage } from "./message.ts";
import { request } from "./request.ts";
import { bytesOfHex } from "./testing/layout.ts";

const little = inByteOrder(linux, "little");
const inet = { family: "inet", port: 0, address: new Uint8Array(4) } as const;
const sa2 = { kind: "sa2", mode: 0, reserved1: 0, reserved2: 0, sequence: 0, reqid: 0 } as const;
const key = { kind: "keyEncryption", bits: 64, reserved: 0, key: new Uint8Array(8) } as const;
const address = {
  kind: "addressSource",
  protocol: 0,
  prefixLength: 32,
  reserved: 0,
  sockaddr: inet,
} as const;
const lifetime = { kind: "lifetimeHard", allocations: 0, bytes: 0n, addTime: 0n, useTime: 0n } as const;
const esp = { protocol: 50, mode: 1, level: 2, reserved1: 0, reqid: 0, reserved2: 0 };
const policy = {
  kind: "policy",
  policyType: 2,
  direction: 1,
  reserved: 0,
  id: 0,
  priority: 0,
  requests: [esp],
} as const;

describe("refuses a header with", () => {
  const cases: [name: string, fields: object, field: string, message: string][] = [
    [
      "a version that is no byte",
      { version: 256 },
      "message.version",
      '"256" is no value for message.version: expected an integer from 0 to 255',
    ],
    [
      "a type that is no byte",
      { type: -1 },
      "message.type",
      '"-1" is no value for message.type: expected an integer from 0 to 255',
    ],
    [
      "a type without a number",
      { type: "updatepair" },
      "message.type",
      '"updatepair" is no value for message.type: expected a name that linux has a number for',
    ],
    [
      "an SA type without a number",
      { saType: "tcp" },
      "message.saType",
      '"tcp" is no value for message.saType: expected a name that linux has a number for',
    ],
    [
      "an SA type that is no integer",
      { saType: 1.5 },
      "message.saType",
      '"1.5" is no value for message.saType: expected an integer from 0 to 255',
    ],
    [
      "an errno that is no byte",
      { errno: 300 },
      "message.errno",
      '"300" is no value for message.errno: expected an integer from 0 to 255',
    ],
    [
      "17 bits of reserved",
      { reserved: 65536 },
      "message.reserved",
      '"65536" is no value for message.reserved: expected an integer from 0 to 65535',
    ],
    [
      "33 bits of sequence",
      { sequence: 2 ** 32 },
      "message.sequence",
      '"4294967296" is no value for message.sequence: expected an integer from 0 to 4294967295',
    ],
    [
      "no pid",
      { pid: undefined },
      "message.pid",
      '"undefined" is no value for message.pid: expected an integer from 0 to 4294967295',
    ],
  ];

  it.each(cases)("%s", (_name, fields, field, message) => {
    const error = errorOf({ ...request("get", "esp"), ...fields });
    expect(error).toBeInstanceOf(EncodeError);
    expect({ name: error.name, field: error.field, message: error.message }).toEqual({
      name: "EncodeError",
      field,
      message,
    });
  });
});

describe("refuses an extension with", () => {
  const cases: [name: string, extension: object, message: string][] = [
    [
      "a kind without a number",
      { kind: "pair", spi: 1 },
      '"pair" is no value for extension.kind: expected a kind that linux has a number for',
    ],
    [
      "a raw one without a type",
      { kind: "raw", data: new Uint8Array(4) },
      '"undefined" is no value for extension.type: expected an integer from 0 to 65535',
    ],
    [
      "raw data that are no bytes",
      { kind: "raw", type: 60, data: [1, 2] },
      '"object" is no value for raw.data: expected a Uint8Array',
    ],
    [
      "a length of 17 bits",
      { ...sa2, length: 65536 },
      '"65536" is no value for extension.length: expected an integer from 0 to 65535',
    ],
    [
      "a length that is too small",
      { ...sa2, length: 1 },
      '"1" is no value for extension.length: expected at least 2 for sa2',
    ],
    [
      "a length too small for its padding",
      { ...sa2, length: 2, padding: new Uint8Array(1) },
      '"2" is no value for extension.length: expected at least 3 for sa2',
    ],
    [
      "padding that is no bytes",
      { ...sa2, padding: "00" },
      '"string" is no value for extension.padding: expected a Uint8Array',
    ],
    [
      "a mode that is no byte",
      { ...sa2, mode: 256 },
      '"256" is no value for sa2.mode: expected an integer from 0 to 255',
    ],
    [
      "a request id that is no number",
      { ...sa2, reqid: Number.NaN },
      '"NaN" is no value for sa2.reqid: expected an integer from 0 to 4294967295',
    ],
    [
      "a key shorter than its bits",
      { ...key, key: new Uint8Array(7).fill(0xaa) },
      '"7 bytes" is no value for key.key: expected 8 bytes',
    ],
    [
      "a key longer than its bits",
      { ...key, key: new Uint8Array(9).fill(0xaa) },
      '"9 bytes" is no value for key.key: expected 8 bytes',
    ],
    [
      "17 bits of key bits",
      { ...key, bits: 65536, key: new Uint8Array(8192) },
      '"65536" is no value for key.bits: expected an integer from 0 to 65535',
    ],
    [
      "an IPv4 address of 16 bytes",
      { ...address, sockaddr: { ...inet, address: new Uint8Array(16) } },
      '"16 bytes" is no value for sockaddr.address: expected 4 bytes',
    ],
    [
      "an IPv6 address of 4 bytes",
      { ...address, sockaddr: { ...inet, family: "inet6", flowInfo: 0, scopeId: 0 } },
      '"4 bytes" is no value for sockaddr.address: expected 16 bytes',
    ],
    [
      "a port that is none",
      { ...address, sockaddr: { ...inet, port: 65536 } },
      '"65536" is no value for sockaddr.port: expected an integer from 0 to 65535',
    ],
    [
      "sin_zero of 4 bytes",
      { ...address, sockaddr: { ...inet, padding: new Uint8Array(4) } },
      '"4 bytes" is no value for sockaddr.padding: expected 8 bytes',
    ],
    [
      "a family that is none",
      { ...address, sockaddr: { family: 65536, data: new Uint8Array(2) } },
      '"65536" is no value for sockaddr.family: expected an integer from 0 to 65535',
    ],
    [
      "a prefix that is no byte",
      { ...address, prefixLength: 256 },
      '"256" is no value for address.prefixLength: expected an integer from 0 to 255',
    ],
    [
      "a lifetime of 65 bits",
      { ...lifetime, bytes: 2n ** 64n },
      '"18446744073709551616" is no value for lifetime.bytes: expected a bigint from 0 to 2^64 - 1',
    ],
    [
      "a lifetime below 0",
      { ...lifetime, addTime: -1n },
      '"-1" is no value for lifetime.addTime: expected a bigint from 0 to 2^64 - 1',
    ],
    [
      "a lifetime that is no bigint",
      { ...lifetime, useTime: 1 },
      '"1" is no value for lifetime.useTime: expected a bigint from 0 to 2^64 - 1',
    ],
    [
      "a request with one address",
      { ...policy, requests: [{ ...esp, source: inet }] },
      '"one address" is no value for ipsecRequest: expected two or none',
    ],
    [
      "a request of 17 bits of length",
      { ...policy, requests: [{ ...esp, length: 65536 }] },
      '"65536" is no value for ipsecRequest.length: expected an integer from 0 to 65535',
    ],
    [
      "a request too short for its addresses",
      { ...policy, requests: [{ ...esp, length: 40, source: inet, destination: inet }] },
      '"40" is no value for ipsecRequest.length: expected at least 48',
    ],
    [
      "256 words of bitmap",
      {
        kind: "sensitivity",
        dpd: 0,
        sensitivityLevel: 0,
        integrityLevel: 0,
        reserved: 0,
        sensitivityBitmap: Array(256).fill(0n),
        integrityBitmap: [],
      },
      '"256" is no value for sensitivity.sensitivityBitmap.length: expected an integer from 0 to 255',
    ],
    [
      "25 bits of reserved",
      { kind: "natTType", natTType: 2, reserved: 2 ** 24 },
      '"16777216" is no value for natTType.reserved: expected an integer from 0 to 16777215',
    ],
    [
      "a context longer than its length field",
      { kind: "securityContext", algorithm: 1, doi: 1, context: new Uint8Array(65536) },
      '"65536" is no value for securityContext.context.length: expected an integer from 0 to 65535',
    ],
    [
      "an address of the filter of 4 bytes",
      {
        kind: "filter",
        source: new Uint8Array(4),
        destination: new Uint8Array(16),
        family: 2,
        sourcePrefixLength: 0,
        destinationPrefixLength: 0,
      },
      '"4 bytes" is no value for filter.source: expected 16 bytes',
    ],
  ];

  it.each(cases)("%s", (_name, extension, message) => {
    const error = errorOf(request("add", "esp", [extension as OutgoingExtension]));
    expect(error).toBeInstanceOf(EncodeError);
    expect(error.message).toBe(message);
  });
});

describe("length", () => {
  const cases: [name: string, extension: OutgoingExtension, hex: string][] = [
    ["is computed", sa2, "02001300000000000000000000000000"],
    [
      "is taken as given, zeros after",
      { ...sa2, length: 3 },
      "030013000000000000000000000000000000000000000000",
    ],
    [
      "counts padding, filled up with zeros",
      { ...sa2, padding: Uint8Array.of(1) },
      "030013000000000000000000000000000100000000000000",
    ],
    [
      "is taken as given, padding and zeros after",
      { ...sa2, length: 3, padding: Uint8Array.of(1, 2) },
      "030013000000000000000000000000000102000000000000",
    ],
    [
      "of raw data is computed, filled up with zeros",
      { kind: "raw", type: 60, data: Uint8Array.of(1, 2, 3, 4, 5) },
      "02003c00010203040500000000000000",
    ],
    [
      "of a request counts its padding",
      { ...policy, requests: [{ ...esp, padding: Uint8Array.of(1) }] },
      "0500120002000100000000000000000018003200010200000000000000000000" + "0100000000000000",
    ],
  ];

  it.each(cases)("%s", (_name, extension, hex) => {
    expect(encode(request("add", "esp", [extension]), little).subarray(16)).toEqual(bytesOfHex(hex));
  });

  it("of a message goes up to its maximum", () => {
    const raw = (size: number): OutgoingExtension => ({ kind: "raw", type: 60, data: new Uint8Array(size) });
    const longest = encode(request("add", "esp", [raw(maximumMessageBytes - 16 - 4)]), little);
    expect(longest.length).toBe(524_280);
    expect(decode(longest, little).problems).toEqual([]);

    const tooLong = errorOf(request("add", "esp", [raw(maximumMessageBytes - 16 - 4 + 1)]));
    expect(tooLong).toBeInstanceOf(MessageTooLongError);
    expect(tooLong.message).toBe('"524288 bytes" is no value for message: expected at most 524280 bytes');
  });
});

it("gives an extension another number if told to", () => {
  const bytes = encode(request("add", "esp", [{ ...sa2, type: 60 }]), little);
  expect(decode(bytes, little).message.extensions).toEqual([
    { kind: "raw", type: 60, length: 2, data: new Uint8Array(12) },
  ]);
});

function errorOf(message: OutgoingMessage): EncodeError {
  try {
    encode(message, little);
  } catch (error) {
    return error as EncodeError;
  }
  throw new Error("it was encoded");
}
