import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AddressLengthError, readAddress } from "./address.ts";
import { formatScoped, parseScoped, type ScopedAddress } from "./scoped.ts";
import { anyAddress, inet6 } from "./testing/arbitrary.ts";

describe("parseScoped", () => {
  // biome-ignore format: one row a line
  it.each<[string, ScopedAddress | undefined]>([
    ["fe80::1%eth0",    { address: readAddress("fe80::1"), scope: "eth0" }],
    ["fe80::1%2",       { address: readAddress("fe80::1"), scope: "2" }],
    ["ff02::1%br-lan.5", { address: readAddress("ff02::1"), scope: "br-lan.5" }],
    ["fe80::1%a%b",     { address: readAddress("fe80::1"), scope: "a%b" }],
    ["fe80::1",         { address: readAddress("fe80::1") }],
    ["192.0.2.1",       { address: readAddress("192.0.2.1") }],
    ["192.0.2.1%eth0",  undefined],
    ["fe80::1%",        undefined],
    ["%eth0",           undefined],
    ["eth0%fe80::1",    undefined],
    ["",                undefined],
  ])("%j", (text, expected) => {
    expect(parseScoped(text)).toEqual(expected);
  });

  it("reads what formatScoped writes", () => {
    const scope = fc.string({ minLength: 1, maxLength: 15 });
    const scoped: fc.Arbitrary<ScopedAddress> = fc.oneof(
      anyAddress.map((address) => ({ address })),
      fc.record({ address: inet6, scope }),
    );
    fc.assert(
      fc.property(scoped, (value) => {
        expect(parseScoped(formatScoped(value))).toEqual(value);
      }),
    );
  });

  it("refuses to write what is no address", () => {
    expect(() => formatScoped({ address: new Uint8Array(5), scope: "eth0" })).toThrow(AddressLengthError);
  });
});
