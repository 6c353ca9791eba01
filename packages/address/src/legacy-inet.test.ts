import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, it } from "vitest";
import { formatAddress, parseAddress } from "./address.ts";
import { parseLegacyInet } from "./legacy-inet.ts";
import { inet } from "./testing/arbitrary.ts";

describe("parseLegacyInet", () => {
  // Measured with getaddrinfo(3) of glibc 2.36, AI_NUMERICHOST.
  // biome-ignore format: one row a line
  it.each<[string, string | undefined]>([
    ["192.0.2.1",            "192.0.2.1"],
    ["10.1",                 "10.0.0.1"],
    ["10.0.1",               "10.0.0.1"],
    ["10.1.65535",           "10.1.255.255"],
    ["10.1.65536",           undefined],
    ["10.16777215",          "10.255.255.255"],
    ["10.16777216",          undefined],
    ["3221225985",           "192.0.2.1"],
    ["4294967295",           "255.255.255.255"],
    ["4294967296",           undefined],
    ["99999999999999999999", undefined],
    ["0",                    "0.0.0.0"],
    ["00",                   "0.0.0.0"],
    ["010.0.0.1",            "8.0.0.1"],
    ["0377.0.0.1",           "255.0.0.1"],
    ["0400.0.0.1",           undefined],
    ["08",                   undefined],
    ["0x0a.1",               "10.0.0.1"],
    ["0X0A.0x0.01.1",        "10.0.1.1"],
    ["0xc0000201",           "192.0.2.1"],
    ["0x",                   undefined],
    ["0xg",                  undefined],
    ["0x1.0x",               undefined],
    ["1e3",                  undefined],
    ["256.1",                undefined],
    ["1.2.3.256",            undefined],
    ["1.2.3.4.5",            undefined],
    ["1.2.3.",               undefined],
    [".1",                   undefined],
    ["1..2",                 undefined],
    ["-1",                   undefined],
    ["+1",                   undefined],
    ["",                     undefined],
    [" 1",                   undefined],
    ["1 ",                   undefined],
    ["1\n",                  undefined],
    ["::1",                  undefined],
    ["ten.1",                undefined],
  ])("%j", (text, expected) => {
    const bytes = parseLegacyInet(text);
    expect(bytes && formatAddress(bytes)).toBe(expected);
  });

  it("reads all that parseAddress reads as IPv4, as the same", () => {
    fc.assert(
      fc.property(inet, (address) => {
        const text = formatAddress(address);
        expect(parseLegacyInet(text)).toEqual(parseAddress(text));
      }),
    );
  });

  it("agrees with ipaddr.js on each way of writing an address", () => {
    const bases = [
      (value: number) => `${value}`,
      (value: number) => `0${value.toString(8)}`,
      (value: number) => `0x${value.toString(16)}`,
    ];
    const write = fc.constantFrom(...bases);
    fc.assert(
      fc.property(inet, fc.nat(3), fc.tuple(write, write, write, write), (address, single, writers) => {
        const parts = [
          ...address.subarray(0, single),
          Number.parseInt(Buffer.from(address.subarray(single)).toString("hex"), 16),
        ];
        const text = parts.map((part, index) => writers[index]!(part)).join(".");
        expect(parseLegacyInet(text)).toEqual(address);
        expect(ipaddr.IPv4.parse(text).toByteArray()).toEqual([...address]);
      }),
    );
  });
});
