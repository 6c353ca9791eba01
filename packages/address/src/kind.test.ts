import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, it } from "vitest";
import { AddressLengthError, formatAddress, readAddress } from "./address.ts";
import { isBroadcast, isLinkLocal, isLoopback, isMulticast, isSiteLocal, isUnspecified } from "./kind.ts";
import { anyAddress, inet } from "./testing/arbitrary.ts";
import { fromV4Mapped, isV4Compatible, isV4Mapped, toV4Mapped } from "./v4-mapped.ts";

const predicates = {
  isUnspecified,
  isLoopback,
  isMulticast,
  isBroadcast,
  isLinkLocal,
  isSiteLocal,
  isV4Mapped,
  isV4Compatible,
};
const kinds = (address: Uint8Array) =>
  Object.entries(predicates).flatMap(([name, is]) => (is(address) ? [name] : []));

describe("kinds of addresses", () => {
  // biome-ignore format: one row a line
  it.each<[string, string[]]>([
    ["0.0.0.0",                 ["isUnspecified"]],
    ["0.0.0.1",                 []],
    ["126.255.255.255",         []],
    ["127.0.0.0",               ["isLoopback"]],
    ["127.255.255.255",         ["isLoopback"]],
    ["128.0.0.0",               []],
    ["169.253.255.255",         []],
    ["169.254.0.0",             ["isLinkLocal"]],
    ["169.254.255.255",         ["isLinkLocal"]],
    ["169.255.0.0",             []],
    ["192.0.2.1",               []],
    ["223.255.255.255",         []],
    ["224.0.0.0",               ["isMulticast"]],
    ["239.255.255.255",         ["isMulticast"]],
    ["240.0.0.0",               []],
    ["255.255.255.254",         []],
    ["255.255.255.255",         ["isBroadcast"]],
    ["::",                      ["isUnspecified"]],
    ["::1",                     ["isLoopback"]],
    ["::2",                     ["isV4Compatible"]],
    ["::100",                   ["isV4Compatible"]],
    ["::192.0.2.1",             ["isV4Compatible"]],
    ["::1:0:0",                 []],
    ["::fffe:192.0.2.1",        []],
    ["::ffff:0.0.0.0",          ["isV4Mapped"]],
    ["::ffff:192.0.2.1",        ["isV4Mapped"]],
    ["::ffff:224.0.0.1",        ["isV4Mapped"]],
    ["::1:ffff:c000:201",       []],
    ["2001:db8::1",             []],
    ["fe7f:ffff::",             []],
    ["fe80::",                  ["isLinkLocal"]],
    ["febf:ffff::1",            ["isLinkLocal"]],
    ["fec0::",                  ["isSiteLocal"]],
    ["feff:ffff::1",            ["isSiteLocal"]],
    ["ff00::",                  ["isMulticast"]],
    ["ff02::1",                 ["isMulticast"]],
    ["fd00::1",                 []],
    ["1::1",                    []],
  ])("%s", (text, expected) => {
    expect(kinds(readAddress(text))).toEqual(expected);
  });

  it.each([0, 3, 5, 12, 15, 17])("%d bytes are of no kind", (length) => {
    for (const byte of [0, 0xff]) expect(kinds(new Uint8Array(length).fill(byte))).toEqual([]);
  });

  it("agrees with ipaddr.js", () => {
    // ipaddr.js knows no IPv4-compatible addresses.
    const ranges: Record<string, string[]> = {
      unspecified: ["isUnspecified"],
      loopback: ["isLoopback"],
      multicast: ["isMulticast"],
      broadcast: ["isBroadcast"],
      linkLocal: ["isLinkLocal"],
      deprecatedSiteLocal: ["isSiteLocal"],
      ipv4Mapped: ["isV4Mapped"],
    };
    const special = fc.constantFrom(
      "127.0.0.1",
      "224.0.0.1",
      "255.255.255.255",
      "fe80::1",
      "ff02::1",
      "::1",
      "::",
    );
    fc.assert(
      fc.property(fc.oneof(anyAddress, special.map(readAddress)), (address) => {
        const ours = kinds(address).filter((kind) => kind !== "isV4Compatible");
        // All of 0.0.0.0/8 is unspecified there.
        fc.pre(!(address.length === 4 && address[0] === 0));
        expect(ours).toEqual(ranges[ipaddr.fromByteArray([...address]).range()] ?? []);
      }),
      { numRuns: 500 },
    );
  });
});

describe("v4-mapped addresses", () => {
  it("hold an IPv4 address", () => {
    fc.assert(
      fc.property(inet, (address) => {
        const mapped = toV4Mapped(address);
        expect(isV4Mapped(mapped)).toBe(true);
        expect(formatAddress(mapped)).toBe(`::ffff:${formatAddress(address)}`);
        expect(fromV4Mapped(mapped)).toEqual(address);
      }),
    );
  });

  it("are not made of IPv6 addresses, nor found in others", () => {
    const address = readAddress("2001:db8::1");
    expect(toV4Mapped(address)).toBe(address);
    expect(fromV4Mapped(address)).toBe(address);
    expect(fromV4Mapped(readAddress("192.0.2.1"))).toEqual(readAddress("192.0.2.1"));
    expect(() => toV4Mapped(new Uint8Array(5))).toThrow(AddressLengthError);
  });
});
