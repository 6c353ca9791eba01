import { describe, expect, it } from "vitest";
import type { Algorithm, AlgorithmKind, KernelName } from "./algorithm.ts";
import { authenticationAlgorithms } from "./authentication.ts";
import { compressionAlgorithms } from "./compression.ts";
import { encryptionAlgorithms } from "./encryption.ts";
import { keyBitsAllowed, keyBitsText } from "./key-bits.ts";

const algorithms = [...authenticationAlgorithms, ...encryptionAlgorithms, ...compressionAlgorithms];
const find = (kind: AlgorithmKind, name: string): Algorithm =>
  algorithms.find((algorithm) => algorithm.kind === kind && algorithm.name === name)!;

// Every size that each algorithm of Linux takes, as the kernel's xfrm_algo.c and ciphers have it.
const wholeBytes = (min: number, max: number) =>
  Array.from({ length: (max - min) / 8 + 1 }, (_, index) => min + index * 8);
// biome-ignore format: one row a line
const linuxSizes: readonly [AlgorithmKind, string, number[]][] = [
  ["authentication", "none",              []],
  ["authentication", "null",              [0]],
  ["authentication", "hmac-md5",          [128]],
  ["authentication", "hmac-sha1",         [160]],
  ["authentication", "hmac-sha256",       [256]],
  ["authentication", "hmac-sha256-128",   [256]],
  ["authentication", "hmac-sha384",       [384]],
  ["authentication", "hmac-sha512",       [512]],
  ["authentication", "hmac-ripemd160",    [160]],
  ["authentication", "aes-xcbc-mac",      [128]],
  ["authentication", "hmac-sm3",          [256]],
  ["authentication", "aes-cmac",          [128]],
  ["authentication", "keyed-md5",         []],
  ["authentication", "keyed-sha1",        []],
  ["authentication", "tcp-md5",           []],
  ["authentication", "aes-128-gmac",      []],
  ["authentication", "aes-192-gmac",      []],
  ["authentication", "aes-256-gmac",      []],
  ["authentication", "chacha20-poly1305", []],
  ["encryption",     "none",              []],
  ["encryption",     "null",              [0]],
  ["encryption",     "des-cbc",           [64]],
  ["encryption",     "3des-cbc",          [192]],
  ["encryption",     "cast128-cbc",       wholeBytes(40, 128)],
  ["encryption",     "blowfish-cbc",      wholeBytes(40, 448)],
  ["encryption",     "aes-cbc",           [128, 192, 256]],
  ["encryption",     "serpent-cbc",       wholeBytes(128, 256)],
  ["encryption",     "camellia-cbc",      [128, 192, 256]],
  ["encryption",     "twofish-cbc",       [128, 192, 256]],
  ["encryption",     "aes-ctr",           [160, 224, 288]],
  ["encryption",     "sm4-cbc",           [128]],
  ["encryption",     "aes-ccm-8",         [152, 216, 280]],
  ["encryption",     "aes-ccm-12",        [152, 216, 280]],
  ["encryption",     "aes-ccm-16",        [152, 216, 280]],
  ["encryption",     "aes-gcm-8",         [160, 224, 288]],
  ["encryption",     "aes-gcm-12",        [160, 224, 288]],
  ["encryption",     "aes-gcm-16",        [160, 224, 288]],
  ["encryption",     "aes-gmac",          [160, 224, 288]],
  ["encryption",     "chacha20-poly1305", [288]],
  ["encryption",     "skipjack-cbc",      []],
  ["compression",    "none",              []],
  ["compression",    "oui",               []],
  ["compression",    "deflate",           [0]],
  ["compression",    "lzs",               []],
  ["compression",    "lzjh",              []],
];

describe("keyBitsAllowed", () => {
  it("is checked below for every algorithm", () => {
    expect(linuxSizes.map(([kind, name]) => [kind, name])).toEqual(
      algorithms.map(({ kind, name }) => [kind, name]),
    );
  });

  it.each(linuxSizes)("%s %s on Linux", (kind, name, sizes) => {
    const algorithm = find(kind, name);
    const allowed = Array.from({ length: 1024 }, (_, bits) => bits).filter((bits) =>
      keyBitsAllowed(algorithm, bits, "linux"),
    );
    expect(allowed).toEqual(sizes);
  });

  const kernels: readonly KernelName[] = ["linux", "illumos", "freebsd", "netbsd", "openbsd", "macos"];
  const bounds = algorithms.flatMap((algorithm) =>
    kernels.flatMap((kernel) => (algorithm.keyBits[kernel] ? [{ algorithm, kernel }] : [])),
  );
  it.each(bounds)("$algorithm.kind $algorithm.name on $kernel: at, below, above, off the step", (row) => {
    const { algorithm, kernel } = row;
    const { min, max, step } = algorithm.keyBits[kernel]!;
    const check = (bits: number) => keyBitsAllowed(algorithm, bits, kernel);
    expect([check(min), check(min - 1), check(max + 1)]).toEqual([true, false, false]);
    expect([check(min + 1), check(max - 1), check(Number.NaN), check(min + 0.5)]).toEqual([
      false,
      false,
      false,
      false,
    ]);
    if ((max - min) % (step || 1) === 0) expect(check(max)).toBe(true);
    if (step > 8) expect(check(min + 8)).toBe(false);
    if (step > 0 && min + step <= max) expect(check(min + step)).toBe(true);
  });

  // biome-ignore format: one row a line
  it.each<[AlgorithmKind, string, number, KernelName, boolean]>([
    ["encryption",     "blowfish-cbc", 32,   "illumos", true],
    ["encryption",     "blowfish-cbc", 32,   "linux",   false],
    ["encryption",     "null",         2048, "macos",   true],
    ["encryption",     "null",         8,    "linux",   false],
    ["authentication", "tcp-md5",      640,  "freebsd", true],
    ["authentication", "tcp-md5",      648,  "freebsd", false],
    ["encryption",     "des-cbc",      64,   "freebsd", false],
    ["encryption",     "aes-gcm-16",   160,  "illumos", true],
    ["encryption",     "aes-gcm-16",   128,  "illumos", false],
  ])("%s %s of %d bits on %s: %s", (kind, name, bits, kernel, expected) => {
    expect(keyBitsAllowed(find(kind, name), bits, kernel)).toBe(expected);
  });
});

describe("keyBitsText", () => {
  // biome-ignore format: one row a line
  it.each<[AlgorithmKind, string, KernelName, string | undefined]>([
    ["authentication", "hmac-sha1",         "linux",   "160 bits"],
    ["authentication", "null",              "linux",   "no key"],
    ["authentication", "keyed-md5",         "linux",   undefined],
    ["encryption",     "aes-cbc",           "linux",   "128, 192 or 256 bits"],
    ["encryption",     "blowfish-cbc",      "illumos", "32 to 448 bits in steps of 8"],
    ["encryption",     "sm4-cbc",           "linux",   "128 bits"],
    ["encryption",     "aes-ccm-16",        "illumos", "152, 216 or 280 bits, the last 24 of them the salt"],
    ["encryption",     "chacha20-poly1305", "linux",   "288 bits, the last 32 of them the salt"],
    ["encryption",     "null",              "freebsd", "0 to 2048 bits in steps of 8"],
  ])("%s %s on %s", (kind, name, kernel, text) => {
    expect(keyBitsText(find(kind, name), kernel)).toBe(text);
  });
});
