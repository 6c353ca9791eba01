import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, it } from "vitest";
import { AddressLengthError, formatAddress, readAddress } from "./address.ts";
import {
  contains,
  formatPrefix,
  InvalidPrefixError,
  maskBytes,
  normalise,
  type Prefix,
  PrefixLengthError,
  parsePrefix,
  readPrefix,
} from "./prefix.ts";
import { anyAddress, inet, inet6 } from "./testing/arbitrary.ts";

const anyPrefix: fc.Arbitrary<Prefix> = fc.oneof(
  fc.record({ address: inet, length: fc.nat(32) }),
  fc.record({ address: inet6, length: fc.nat(128) }),
);

/** An address of a prefix: its first bits, then those of another. */
const addressIn = ({ address, length }: Prefix, other: Uint8Array) =>
  address.map((byte, index) => {
    const host = 0xff >> Math.min(Math.max(length - index * 8, 0), 8);
    return (byte & ~host) | (other[index]! & host);
  });

describe("parsePrefix", () => {
  // biome-ignore format: one row a line
  it.each<[string, [string, number] | undefined]>([
    ["10.0.0.0/8",          ["10.0.0.0", 8]],
    ["10.1.2.3/8",          ["10.1.2.3", 8]],
    ["0.0.0.0/0",           ["0.0.0.0", 0]],
    ["10.0.0.1/32",         ["10.0.0.1", 32]],
    ["10.0.0.1",            ["10.0.0.1", 32]],
    ["10.0.0.1/33",         undefined],
    ["10.0.0.1/128",        undefined],
    ["2001:db8::/32",       ["2001:db8::", 32]],
    ["::/0",                ["::", 0]],
    ["::1/128",             ["::1", 128]],
    ["::1",                 ["::1", 128]],
    ["::1/129",             undefined],
    ["10.0.0.0/",           undefined],
    ["10.0.0.0/08",         undefined],
    ["10.0.0.0/-1",         undefined],
    ["10.0.0.0/+8",         undefined],
    ["10.0.0.0/8 ",         undefined],
    ["10.0.0.0/0x8",        undefined],
    ["10.0.0.0/8.0",        undefined],
    ["10.0.0.0/1e1",        undefined],
    ["10.0.0.0/255.0.0.0",  undefined],
    ["10.0.0.0/8/8",        undefined],
    ["10.0.0.0/4294967304", undefined],
    ["/8",                  undefined],
    ["10/8",                undefined],
    ["",                    undefined],
  ])("%j", (text, expected) => {
    expect(parsePrefix(text)).toEqual(
      expected && { address: readAddress(expected[0]), length: expected[1] },
    );
  });

  it("reads what formatPrefix writes", () => {
    fc.assert(
      fc.property(anyPrefix, (prefix) => {
        expect(parsePrefix(formatPrefix(prefix))).toEqual(prefix);
      }),
    );
  });
});

describe("readPrefix", () => {
  it("quotes what it cannot read", () => {
    const error = new InvalidPrefixError("10/8");
    expect(error).toMatchObject({
      name: "InvalidPrefixError",
      text: "10/8",
      message: '"10/8" is not a prefix, expected one like 192.0.2.0/24 or 2001:db8::/32',
    });
    expect(() => readPrefix("10/8")).toThrow(error);
    expect(readPrefix("::/0")).toEqual(parsePrefix("::/0"));
  });
});

describe("maskBytes", () => {
  // biome-ignore format: one row a line
  it.each([
    [0,  "0.0.0.0"],         [1,  "128.0.0.0"],     [7,  "254.0.0.0"],       [8,  "255.0.0.0"],
    [9,  "255.128.0.0"],     [20, "255.255.240.0"], [31, "255.255.255.254"], [32, "255.255.255.255"],
  ])("/%d of IPv4", (length, mask) => {
    expect(formatAddress(maskBytes(length, "inet"))).toBe(mask);
  });

  it("agrees with ipaddr.js at each length", () => {
    for (let length = 0; length <= 32; length++) {
      const mask = ipaddr.IPv4.subnetMaskFromPrefixLength(length).toByteArray();
      expect([...maskBytes(length, "inet")]).toEqual(mask);
    }
    for (let length = 0; length <= 128; length++) {
      const mask = ipaddr.IPv6.subnetMaskFromPrefixLength(length).toByteArray();
      expect([...maskBytes(length, "inet6")]).toEqual(mask);
    }
  });

  it.each([
    [-1, "inet"],
    [33, "inet"],
    [129, "inet6"],
    [8.5, "inet"],
    [Number.NaN, "inet6"],
  ] as const)("refuses /%d of %s", (length, family) => {
    const error = new PrefixLengthError(length, family);
    expect(() => maskBytes(length, family)).toThrow(error);
    const address = new Uint8Array(family === "inet" ? 4 : 16);
    expect(() => formatPrefix({ address, length })).toThrow(error);
    expect(() => normalise({ address, length })).toThrow(error);
    expect(() => contains({ address, length }, address)).toThrow(error);
    const most = family === "inet" ? 32 : 128;
    expect(error.message).toBe(`${length} is not a prefix length, expected 0 to ${most} for ${family}`);
  });
});

describe("normalise", () => {
  // biome-ignore format: one row a line
  it.each([
    ["10.1.2.3/8",      "10.0.0.0/8"],
    ["10.1.2.3/0",      "0.0.0.0/0"],
    ["10.1.2.3/32",     "10.1.2.3/32"],
    ["10.1.2.255/25",   "10.1.2.128/25"],
    ["2001:db8::1/32",  "2001:db8::/32"],
    ["2001:db8::1/127", "2001:db8::/127"],
    ["ffff::/3",        "e000::/3"],
  ])("%s", (text, expected) => {
    const prefix = readPrefix(text);
    expect(formatPrefix(normalise(prefix))).toBe(expected);
    expect(prefix).toEqual(readPrefix(text));
  });

  it("is idempotent", () => {
    fc.assert(
      fc.property(anyPrefix, (prefix) => {
        expect(normalise(normalise(prefix))).toEqual(normalise(prefix));
      }),
    );
  });
});

describe("contains", () => {
  // biome-ignore format: one row a line
  it.each([
    ["10.0.0.0/8",    "10.255.255.255",   true],
    ["10.9.9.9/8",    "10.0.0.1",         true],
    ["10.0.0.0/8",    "11.0.0.0",         false],
    ["0.0.0.0/0",     "203.0.113.9",      true],
    ["192.0.2.1/32",  "192.0.2.1",        true],
    ["192.0.2.1/32",  "192.0.2.2",        false],
    ["2001:db8::/33", "2001:db8:7fff::1", true],
    ["2001:db8::/33", "2001:db8:8000::1", false],
    ["::/0",          "10.0.0.1",         false],
    ["0.0.0.0/0",     "::ffff:10.0.0.1",  false],
  ])("%s and %s", (prefix, address, expected) => {
    expect(contains(readPrefix(prefix), readAddress(address))).toBe(expected);
  });

  it("holds for each address that begins as the prefix does, and for no other", () => {
    fc.assert(
      fc.property(anyPrefix, inet6, fc.nat(), (prefix, other, at) => {
        const inside = addressIn(prefix, other);
        expect(contains(prefix, inside)).toBe(true);
        fc.pre(prefix.length > 0);
        const bit = at % prefix.length;
        inside[bit >> 3]! ^= 0x80 >> (bit & 7);
        expect(contains(prefix, inside)).toBe(false);
      }),
    );
  });

  it("agrees with ipaddr.js within a family", () => {
    fc.assert(
      fc.property(anyPrefix, anyAddress, (prefix, address) => {
        fc.pre(prefix.address.length === address.length);
        const [range, length] = [ipaddr.fromByteArray([...prefix.address]), prefix.length];
        expect(contains(prefix, address)).toBe(ipaddr.fromByteArray([...address]).match(range, length));
      }),
    );
  });

  it("refuses what is no address", () => {
    expect(() => contains(readPrefix("::/0"), new Uint8Array(5))).toThrow(AddressLengthError);
  });
});
