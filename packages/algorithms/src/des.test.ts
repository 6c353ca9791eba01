import { createCipheriv } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DesKeyWeakness, hasWeakKey, weakDesKey, withOddParity } from "./des.ts";

const fromHex = (digits: string) => Uint8Array.from(Buffer.from(digits, "hex"));
const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

const weak = ["0101010101010101", "1f1f1f1f0e0e0e0e", "e0e0e0e0f1f1f1f1", "fefefefefefefefe"];
// Each pair deciphers what the other enciphers.
const semiWeakPairs = [
  ["011f011f010e010e", "1f011f010e010e01"],
  ["01e001e001f101f1", "e001e001f101f101"],
  ["01fe01fe01fe01fe", "fe01fe01fe01fe01"],
  ["1fe01fe00ef10ef1", "e01fe01ff10ef10e"],
  ["1ffe1ffe0efe0efe", "fe1ffe1ffe0efe0e"],
  ["e0fee0fef1fef1fe", "fee0fee0fef1fef1"],
] as const;
const listed: [string, DesKeyWeakness][] = [
  ...weak.map((key): [string, DesKeyWeakness] => [key, "weak"]),
  ...semiWeakPairs.flat().map((key): [string, DesKeyWeakness] => [key, "semi-weak"]),
];

/** Each of the 256 ways to set the eight parity bits. */
const parityPatterns = (key: Uint8Array) =>
  Array.from({ length: 256 }, (_, pattern) =>
    key.map((byte, index) => (byte & 0xfe) | ((pattern >> index) & 1)),
  );

/** Single DES, as 3DES with one key three times over. */
function des(key: Uint8Array, block: Uint8Array): Uint8Array {
  const cipher = createCipheriv("des-ede3", Buffer.concat([key, key, key]), null).setAutoPadding(false);
  return Buffer.concat([cipher.update(block), cipher.final()]);
}

const block = fromHex("0123456789abcdef");
const good = fromHex("be02938e7def2839");
const better = fromHex("8bd4a52e10127deb");

describe("weakDesKey", () => {
  it.each(listed)("%s is %s, whatever its parity bits", (digits, weakness) => {
    const found = parityPatterns(fromHex(digits)).map(weakDesKey);
    expect(found).toEqual(found.map(() => weakness));
  });

  it("lists keys that the cipher itself shows to be weak", () => {
    for (const key of weak.map(fromHex)) expect(des(key, des(key, block))).toEqual(Buffer.from(block));
    for (const [one, other] of semiWeakPairs) {
      expect(des(fromHex(other), des(fromHex(one), block))).toEqual(Buffer.from(block));
    }
  });

  it("finds no other key one bit away from a listed one", () => {
    for (const [digits] of listed) {
      for (let bit = 0; bit < 64; bit++) {
        const key = fromHex(digits);
        key[bit >> 3]! ^= 0x80 >> (bit & 7);
        const parityBit = (bit & 7) === 7;
        expect(weakDesKey(key) !== undefined, `${digits} bit ${bit}`).toBe(parityBit);
      }
    }
  });

  // biome-ignore format: one row a line
  it.each<[string, string, DesKeyWeakness | undefined]>([
    ["a good key",                      "be02938e7def2839", undefined],
    ["all zero",                        "0000000000000000", "weak"],
    ["all ones",                        "ffffffffffffffff", "weak"],
    ["ASCII text",                      "4553502053412121", undefined],
    ["possibly weak",                   "1f1f01010e0e0101", undefined],
    ["no bytes",                        "",                 undefined],
    ["seven bytes",                     "01010101010101",   undefined],
    ["16 bytes, each half weak",        "01".repeat(16),    undefined],
    ["3DES, all zero",                  "00".repeat(24),    "weak"],
    ["3DES, three good keys",           `${toHex(good)}${toHex(better)}be02938e7def2854`, undefined],
    ["3DES, keys 1 and 3 equal",        `${toHex(good)}${toHex(better)}${toHex(good)}`,   undefined],
    ["3DES, keys 1 and 2 equal",        `${toHex(good)}${toHex(good)}${toHex(better)}`,   "repeated"],
    ["3DES, keys 2 and 3 equal",        `${toHex(better)}${toHex(good)}${toHex(good)}`,   "repeated"],
    ["3DES, equal but for parity",      `${toHex(good)}bf03928f7cee2938${toHex(better)}`, "repeated"],
    ["3DES, first key weak",            `${weak[1]}${toHex(good)}${toHex(better)}`,       "weak"],
    ["3DES, second key semi-weak",      `${toHex(good)}${semiWeakPairs[0][0]}${toHex(better)}`, "semi-weak"],
    ["3DES, third key weak",            `${toHex(good)}${toHex(better)}${weak[3]}`,       "weak"],
    ["3DES, semi-weak and weak",        `${semiWeakPairs[3][1]}${toHex(good)}${weak[0]}`, "weak"],
    ["3DES, semi-weak twice over",      `${semiWeakPairs[3][1]}${semiWeakPairs[3][1]}${toHex(good)}`, "semi-weak"],
    ["3DES, weak only across two keys", `${toHex(good).slice(0, 8)}${weak[0]}${toHex(good).slice(8)}${toHex(better)}`, undefined],
  ])("%s", (_, digits, weakness) => {
    expect(weakDesKey(fromHex(digits))).toBe(weakness);
  });

  it("reads a key in a larger buffer, and leaves it as it is", () => {
    const buffer = fromHex(`ff${weak[0]}ff`);
    expect(weakDesKey(buffer.subarray(1, 9))).toBe("weak");
    expect(toHex(buffer)).toBe(`ff${weak[0]}ff`);
  });

  it("says the same of a key and of the key with odd parity", () => {
    fc.assert(
      fc.property(fc.constantFrom(8, 24), fc.infiniteStream(fc.nat(255)), (length, bytes) => {
        const key = Uint8Array.from([...bytes.take(length)]);
        expect(weakDesKey(withOddParity(key))).toBe(weakDesKey(key));
      }),
    );
  });
});

describe("withOddParity", () => {
  it("gives each of the 256 bytes an odd number of ones and changes no other bit", () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const ones = (byte: number) => byte.toString(2).replaceAll("0", "").length;
    const odd = withOddParity(bytes);
    expect(odd.every((byte) => ones(byte) % 2 === 1)).toBe(true);
    expect(odd.map((byte) => byte >> 1)).toEqual(bytes.map((byte) => byte >> 1));
  });

  it("is idempotent, and gives a copy", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 24 }), (key) => {
        const before = Uint8Array.from(key);
        const once = withOddParity(key);
        expect(withOddParity(once)).toEqual(once);
        expect(key).toEqual(before);
        expect(once.buffer).not.toBe(key.buffer);
      }),
    );
  });

  it("does not change what the cipher makes of the key", () => {
    expect(des(withOddParity(better), block)).toEqual(des(better, block));
  });
});

describe("hasWeakKey", () => {
  it.each<[name: string, bytes: number, is: boolean]>([
    ["des-cbc", 8, true],
    ["3des-cbc", 24, true],
    ["blowfish-cbc", 8, false],
    ["aes-cbc", 24, false],
  ])("%s with %d zeros: %s", (name, bytes, is) => {
    expect(hasWeakKey(name, new Uint8Array(bytes))).toBe(is);
  });
});
