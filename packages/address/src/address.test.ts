import { isIP, isIPv4, isIPv6 } from "node:net";
import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, it } from "vitest";
import {
  AddressLengthError,
  familyOf,
  formatAddress,
  InvalidAddressError,
  parseAddress,
  readAddress,
  sameAddress,
} from "./address.ts";
import { almostAddress, anyAddress } from "./testing/arbitrary.ts";

const hex = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString("hex");
/** ipaddr.js reads `::1.2.3.4` as `::ffff:1.2.3.4`. */
const ipaddrMisreads = /^::\d+\./;
const fromHex = (digits: string) => Uint8Array.from(Buffer.from(digits, "hex"));

describe("parseAddress", () => {
  // Measured with inet_pton(3) of glibc 2.36.
  // biome-ignore format: one row a line
  it.each<[string, string | undefined]>([
    ["1.2.3.4",                 "01020304"],
    ["0.0.0.0",                 "00000000"],
    ["255.255.255.255",         "ffffffff"],
    ["1.2.3",                   undefined],
    ["1.2.3.4.",                undefined],
    ["1.2.3.4.5",               undefined],
    ["1..2.3",                  undefined],
    [".1.2.3",                  undefined],
    ["01.2.3.4",                undefined],
    ["00.0.0.0",                undefined],
    ["256.1.1.1",               undefined],
    ["1.2.3.256",               undefined],
    ["0x1.2.3.4",               undefined],
    ["+1.2.3.4",                undefined],
    [" 1.2.3.4",                undefined],
    ["1.2.3.4 ",                undefined],
    ["1.2.3.4/8",               undefined],
    ["1.2.3.4%eth0",            undefined],
    ["\u0661.2.3.4",            undefined],
    ["",                        undefined],
    ["16909060",                undefined],
    ["localhost",               undefined],
    ["::",                      "00000000000000000000000000000000"],
    ["::1",                     "00000000000000000000000000000001"],
    ["1::",                     "00010000000000000000000000000000"],
    ["FE80::ABcd",              "fe80000000000000000000000000abcd"],
    ["0001::",                  "00010000000000000000000000000000"],
    ["1:2:3:4:5:6:7:8",         "00010002000300040005000600070008"],
    ["1:2:3:4:5:6:7::",         "00010002000300040005000600070000"],
    ["::2:3:4:5:6:7:8",         "00000002000300040005000600070008"],
    ["1::3:4:5:6:7:8",          "00010000000300040005000600070008"],
    ["1:2:3:4::5:6:7:8",        undefined],
    ["1:2:3:4:5:6:7:8:9",       undefined],
    ["1:2:3:4:5:6:7:8:",        undefined],
    ["1:2:3:4:5:6:7",           undefined],
    ["1::2::3",                 undefined],
    [":::",                     undefined],
    ["::1::",                   undefined],
    [":",                       undefined],
    ["1:",                      undefined],
    [":1",                      undefined],
    ["12345::",                 undefined],
    ["00001::",                 undefined],
    ["::g",                     undefined],
    [" ::1",                    undefined],
    ["::1 ",                    undefined],
    ["fe80::1%lo",              undefined],
    ["::1/128",                 undefined],
    ["::1.2.3.4",               "00000000000000000000000001020304"],
    ["::ffff:1.2.3.4",          "00000000000000000000ffff01020304"],
    ["1:2:3:4:5:6:1.2.3.4",     "00010002000300040005000601020304"],
    ["1:2:3:4:5:6::1.2.3.4",    undefined],
    ["1:2:3:4:5:6:7:1.2.3.4",   undefined],
    ["1:2:3:4:5:6:7:8:1.2.3.4", undefined],
    ["::1.2.3",                 undefined],
    ["::01.2.3.4",              undefined],
    ["::1.2.3.4.5",             undefined],
    ["::1.2.3.4:5",             undefined],
    ["::a.2.3.4",               undefined],
  ])("%j", (text, expected) => {
    expect(hex(parseAddress(text))).toBe(expected);
  });

  it("agrees with node:net on any text", () => {
    fc.assert(
      fc.property(almostAddress, (text) => {
        // Node takes scopes.
        fc.pre(!text.includes("%"));
        expect(parseAddress(text)?.length ?? 0).toBe({ 0: 0, 4: 4, 6: 16 }[isIP(text)]);
      }),
      { numRuns: 500 },
    );
  });

  it("agrees with ipaddr.js on any text that is an address", () => {
    // Beyond these ipaddr.js takes inet_aton's IPv4 forms and scopes.
    fc.assert(
      fc.property(almostAddress, (text) => {
        const bytes = parseAddress(text);
        if (bytes !== undefined && !ipaddrMisreads.test(text)) {
          expect(ipaddr.parse(text).toByteArray()).toEqual([...bytes]);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("formatAddress", () => {
  // Measured with inet_ntop(3) of glibc 2.36.
  // biome-ignore format: one row a line
  it.each<[string, string]>([
    ["c0000201",                         "192.0.2.1"],
    ["00000000",                         "0.0.0.0"],
    ["00000000000000000000000000000000", "::"],
    ["00000000000000000000000000000001", "::1"],
    ["0000000000000000000000000000ffff", "::ffff"],
    ["00000000000000000000000000010000", "::0.1.0.0"],
    ["000000000000000000000000c0000201", "::192.0.2.1"],
    ["00000000000000000000ffffc0000201", "::ffff:192.0.2.1"],
    ["00000000000000000000ffff00000000", "::ffff:0.0.0.0"],
    ["00000000000000000000fffec0000201", "::fffe:c000:201"],
    ["0000000000000000ffff0000c0000201", "::ffff:0:c000:201"],
    ["0064ff9b0000000000000000c0000201", "64:ff9b::c000:201"],
    ["20010db8000000000000000000000001", "2001:db8::1"],
    ["20010db8000000000001000000000001", "2001:db8::1:0:0:1"],
    ["20010db8000100000000000000000001", "2001:db8:1::1"],
    ["20010db8000000010001000100010001", "2001:db8:0:1:1:1:1:1"],
    ["00000000000100000000000100010001", "::1:0:0:1:1:1"],
    ["00010000000000010000000000000001", "1:0:0:1::1"],
    ["00010000000000010000000000010001", "1::1:0:0:1:1"],
    ["00010002000300040005000600000000", "1:2:3:4:5:6::"],
    ["00010002000300040005000600070000", "1:2:3:4:5:6:7:0"],
    ["00000002000300040005000600070008", "0:2:3:4:5:6:7:8"],
    ["abcdef01000000000000000000000000", "abcd:ef01::"],
    ["ffffffffffffffffffffffffffffffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ])("%s", (digits, text) => {
    expect(formatAddress(fromHex(digits))).toBe(text);
  });

  it("is read back as the same bytes, by us, by node:net and by ipaddr.js", () => {
    fc.assert(
      fc.property(anyAddress, (address) => {
        const text = formatAddress(address);
        expect(parseAddress(text)).toEqual(address);
        expect([isIPv4(text), isIPv6(text)]).toEqual([address.length === 4, address.length === 16]);
        if (!ipaddrMisreads.test(text)) expect(ipaddr.parse(text).toByteArray()).toEqual([...address]);
      }),
      { numRuns: 500 },
    );
  });

  it("is as short as ipaddr.js has it, where that writes no dotted quad", () => {
    // ipaddr.js never mixes, and of two runs of equal length may take the second (0:0:1:0:0:1:1:1).
    fc.assert(
      fc.property(anyAddress, (address) => {
        const text = formatAddress(address);
        fc.pre(address.length === 16 && !text.includes("."));
        expect(text.length).toBe(ipaddr.fromByteArray([...address]).toString().length);
      }),
      { numRuns: 500 },
    );
  });

  it.each([0, 3, 5, 15, 17])("refuses %d bytes", (length) => {
    expect(() => formatAddress(new Uint8Array(length))).toThrow(new AddressLengthError(length));
    expect(new AddressLengthError(length).message).toBe(
      `${length} bytes are not an IP address, expected 4 or 16`,
    );
  });
});

describe("readAddress", () => {
  it("reads what parseAddress reads", () => {
    expect(readAddress("::1")).toEqual(parseAddress("::1"));
  });

  it("quotes what it cannot read", () => {
    const error = new InvalidAddressError("10.0.0");
    expect(error).toMatchObject({
      name: "InvalidAddressError",
      text: "10.0.0",
      message: '"10.0.0" is not an IP address, expected one like 192.0.2.1 or 2001:db8::1',
    });
    expect(() => readAddress("10.0.0")).toThrow(error);
  });
});

describe("familyOf and sameAddress", () => {
  it("tell families by length", () => {
    expect([familyOf(new Uint8Array(4)), familyOf(new Uint8Array(16))]).toEqual(["inet", "inet6"]);
    expect(() => familyOf(new Uint8Array(6))).toThrow(AddressLengthError);
  });

  // biome-ignore format: one row a line
  it.each([
    ["10.0.0.1", "10.0.0.1",        true],
    ["10.0.0.1", "10.0.0.2",        false],
    ["::1",      "0:0:0:0:0:0:0:1", true],
    ["10.0.0.1", "::10.0.0.1",      false],
    ["0.0.0.0",  "::",              false],
  ])("%s and %s", (a, b, same) => {
    expect(sameAddress(readAddress(a), readAddress(b))).toBe(same);
    expect(sameAddress(readAddress(b), readAddress(a))).toBe(same);
  });
});
