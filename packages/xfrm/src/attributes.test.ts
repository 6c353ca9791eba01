import { describe, expect, it } from "vitest";
import type { Attribute } from "./attribute.ts";
import { decode } from "./decode.ts";
import { encode } from "./encode.ts";
import { bytesOfHex } from "./testing/bytes.ts";

const zeros = (count: number) => "00".repeat(count);
const nameHex = (name: string) =>
  [...name].map((letter) => letter.charCodeAt(0).toString(16)).join("") + zeros(64 - name.length);
const gcm = "rfc4106(gcm(aes))";

/** Those whose size varies, and those that are one number: as hex in the little and the big byte order. */
const cases: { name: string; attribute: Attribute; little: string; big: string }[] = [
  {
    name: "ALG_AUTH with a key of 12 bits",
    attribute: { kind: "algAuth", value: { name: "md5", bits: 12, key: bytesOfHex("abc0") } },
    little: `4a000100 ${nameHex("md5")} 0c000000 abc0 0000`,
    big: `004a0001 ${nameHex("md5")} 0000000c abc0 0000`,
  },
  {
    name: "ALG_CRYPT with a name of 64 letters",
    attribute: { kind: "algCrypt", value: { name: "x".repeat(64), bits: 8, key: bytesOfHex("01") } },
    little: `49000200 ${"78".repeat(64)} 08000000 01 000000`,
    big: `00490002 ${"78".repeat(64)} 00000008 01 000000`,
  },
  {
    name: "ALG_COMP, which has no key",
    attribute: { kind: "algComp", value: { name: "deflate", bits: 0, key: bytesOfHex("") } },
    little: `48000300 ${nameHex("deflate")} 00000000`,
    big: `00480003 ${nameHex("deflate")} 00000000`,
  },
  {
    name: "ALG_CRYPT with something after its name and after its key",
    attribute: {
      kind: "algCrypt",
      value: { name: "aes", bits: 8, key: bytesOfHex("01"), namePadding: bytesOfHex(`${zeros(59)}ff`) },
      rest: bytesOfHex("0203"),
      padding: bytesOfHex("04"),
    },
    little: `4b000200 61657300 ${zeros(59)}ff 08000000 01 0203 04`,
    big: `004b0002 61657300 ${zeros(59)}ff 00000008 01 0203 04`,
  },
  {
    name: "ALG_AEAD",
    attribute: {
      kind: "algAead",
      value: { name: gcm, bits: 160, icvBits: 128, key: bytesOfHex("01".repeat(20)) },
    },
    little: `60001200 ${nameHex(gcm)} a0000000 80000000 ${"01".repeat(20)}`,
    big: `00600012 ${nameHex(gcm)} 000000a0 00000080 ${"01".repeat(20)}`,
  },
  {
    name: "ALG_AUTH_TRUNC",
    attribute: {
      kind: "algAuthTrunc",
      value: { name: "hmac(sha256)", bits: 256, truncationBits: 128, key: bytesOfHex("02".repeat(32)) },
    },
    little: `6c001400 ${nameHex("hmac(sha256)")} 00010000 80000000 ${"02".repeat(32)}`,
    big: `006c0014 ${nameHex("hmac(sha256)")} 00000100 00000080 ${"02".repeat(32)}`,
  },
  {
    name: "TMPL without a template",
    attribute: { kind: "tmpl", value: [] },
    little: "04000500",
    big: "00040005",
  },
  {
    name: "SEC_CTX",
    attribute: { kind: "secCtx", value: { algorithm: 1, doi: 2, context: bytesOfHex("6100") } },
    little: "0e000800 0a00 0800 01 02 0200 6100 0000",
    big: "000e0008 000a 0008 01 02 0002 6100 0000",
  },
  {
    name: "SEC_CTX that says other things than it is",
    attribute: {
      kind: "secCtx",
      value: { length: 9, extensionType: 7, algorithm: 1, doi: 2, context: bytesOfHex("6100") },
    },
    little: "0e000800 0900 0700 01 02 0200 6100 0000",
    big: "000e0008 0009 0007 01 02 0002 6100 0000",
  },
  {
    name: "LASTUSED",
    attribute: { kind: "lastUsed", value: 0x0102030405060708n },
    little: "0c000f00 0807060504030201",
    big: "000c000f 0102030405060708",
  },
  {
    name: "REPLAY_ESN_VAL with 64 packets",
    attribute: {
      kind: "replayEsnVal",
      value: {
        outgoing: 1,
        incoming: 2,
        outgoingHigh: 3,
        incomingHigh: 4,
        replayWindow: 64,
        bitmap: [5, 0x80000000],
      },
    },
    little: "24001700 02000000 01000000 02000000 03000000 04000000 40000000 05000000 00000080",
    big: "00240017 00000002 00000001 00000002 00000003 00000004 00000040 00000005 80000000",
  },
  {
    name: "SRCADDR",
    attribute: { kind: "srcAddr", value: bytesOfHex("20010db8000000000000000000000001") },
    little: "14000d00 20010db8000000000000000000000001",
    big: "0014000d 20010db8000000000000000000000001",
  },
  {
    name: "PROTO",
    attribute: { kind: "proto", value: 51 },
    little: "05001900 33000000",
    big: "00050019 33000000",
  },
  {
    name: "PROTO with something after it",
    attribute: { kind: "proto", value: 51, padding: bytesOfHex("00ff00") },
    little: "05001900 33 00ff00",
    big: "00050019 33 00ff00",
  },
  {
    name: "PROTO at the end of a message that ends with it",
    attribute: { kind: "proto", value: 51, padding: bytesOfHex("") },
    little: "05001900 33",
    big: "00050019 33",
  },
  {
    name: "IPTFS_REORDER_WINDOW",
    attribute: { kind: "iptfsReorderWindow", value: 0x0102 },
    little: "06002500 0201 0000",
    big: "00060025 0102 0000",
  },
  {
    name: "IPTFS_DONT_FRAG",
    attribute: { kind: "iptfsDontFrag", value: true },
    little: "04002600",
    big: "00040026",
  },
  { name: "PAD", attribute: { kind: "pad", value: bytesOfHex("") }, little: "04001b00", big: "0004001b" },
  {
    name: "IF_ID longer than it is known to be",
    attribute: { kind: "ifId", value: 42, rest: bytesOfHex("01020304") },
    little: "0c001f00 2a000000 01020304",
    big: "000c001f 0000002a 01020304",
  },
  {
    name: "an attribute without a name",
    attribute: { kind: "raw", type: 60, value: bytesOfHex("0102030405") },
    little: "09003c00 0102030405 000000",
    big: "0009003c 0102030405 000000",
  },
  {
    name: "an attribute with a flag in its type",
    attribute: { kind: "raw", type: 0x801f, value: bytesOfHex("2a000000") },
    little: "08001f80 2a000000",
    big: "0008801f 2a000000",
  },
];

describe.each(["little", "big"] as const)("%s endian", (byteOrder) => {
  it.each(cases)("$name", ({ attribute, ...hex }) => {
    const header = { type: "flushPolicy", flags: 5, sequence: 7, portId: 0x01020304 } as const;
    const message = { ...header, attributes: [attribute] };
    const bytes = encode(message, byteOrder);
    expect(bytes.subarray(16)).toEqual(bytesOfHex(hex[byteOrder]));
    expect(decode(bytes, byteOrder)).toEqual({ bytes, message, problems: [] });
  });
});
