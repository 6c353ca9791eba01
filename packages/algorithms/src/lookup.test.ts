import { describe, expect, it } from "vitest";
import type { AlgorithmKind } from "./algorithm.ts";
import {
  algorithmByIpseckeyName,
  algorithmByLinuxName,
  algorithmBySetkeyName,
  pfkeyAlgorithms,
} from "./lookup.ts";

describe("setkey's words", () => {
  // What is sent and printed on Linux; [] where its setkey knows no such word.
  // biome-ignore format: one row a line
  it.each<[AlgorithmKind, string, [number, string] | []]>([
    ["authentication", "hmac-md5",          [2, "hmac-md5"]],
    ["authentication", "hmac-sha1",         [3, "hmac-sha1"]],
    ["authentication", "keyed-md5",         [249, "md5"]],
    ["authentication", "keyed-sha1",        [250, "sha"]],
    ["authentication", "hmac-sha2-256",     [5, "hmac-sha256"]],
    ["authentication", "hmac-sha256",       [5, "hmac-sha256"]],
    ["authentication", "hmac-sha2-384",     [6, "hmac-sha384"]],
    ["authentication", "hmac-sha384",       [6, "hmac-sha384"]],
    ["authentication", "hmac-sha2-512",     [7, "hmac-sha512"]],
    ["authentication", "hmac-sha512",       [7, "hmac-sha512"]],
    ["authentication", "hmac-ripemd160",    [8, "hmac-ripemd160"]],
    ["authentication", "aes-xcbc-mac",      [9, "aes-xcbc-mac"]],
    ["authentication", "null",              [251, "null"]],
    ["authentication", "tcp-md5",           []],
    ["authentication", "chacha20-poly1305", []],
    ["authentication", "md5",               []],
    ["authentication", "none",              []],
    ["authentication", "aes-cbc",           []],
    ["encryption",     "des-cbc",           [2, "des-cbc"]],
    ["encryption",     "des-deriv",         [2, "des-cbc"]],
    ["encryption",     "des-32iv",          [2, "des-cbc"]],
    ["encryption",     "3des-cbc",          [3, "3des-cbc"]],
    ["encryption",     "3des-deriv",        []],
    ["encryption",     "rc5-cbc",           []],
    ["encryption",     "cast128-cbc",       [6, "cast128-cbc"]],
    ["encryption",     "blowfish-cbc",      [7, "blowfish-cbc"]],
    ["encryption",     "null",              [11, "null"]],
    ["encryption",     "simple",            [11, "null"]],
    ["encryption",     "aes-cbc",           [12, "aes-cbc"]],
    ["encryption",     "rijndael-cbc",      [12, "aes-cbc"]],
    ["encryption",     "aes-ctr",           [13, "aes-ctr"]],
    ["encryption",     "camellia-cbc",      [22, "camellia-cbc"]],
    ["encryption",     "twofish-cbc",       [253, "twofish-cbc"]],
    ["encryption",     "serpent-cbc",       []],
    ["encryption",     "aes-gcm-16",        []],
    ["encryption",     "aes-gmac",          []],
    ["encryption",     "chacha20-poly1305", []],
    ["encryption",     "AES-CBC",           []],
    ["compression",    "oui",               [1, "oui"]],
    ["compression",    "deflate",           [2, "deflate"]],
    ["compression",    "lzs",               [3, "lzs"]],
    ["compression",    "lzjh",              []],
  ])("%s %s", (kind, word, expected) => {
    const algorithm = algorithmBySetkeyName(kind, word);
    const built = algorithm?.numbers.linux !== undefined && !algorithm.xfrmOnly;
    expect(built ? [algorithm.numbers.linux, algorithm.setkey?.printed] : []).toEqual(expected);
  });

  // Linux's scanner drops the first three and so trips over the key; the others it has never heard of.
  // biome-ignore format: one row a line
  it.each<[AlgorithmKind, string, "dropped" | "unknown"]>([
    ["authentication", "tcp-md5",           "dropped"],
    ["encryption",     "aes-gcm-16",        "dropped"],
    ["encryption",     "aes-gmac",          "dropped"],
    ["authentication", "chacha20-poly1305", "unknown"],
    ["encryption",     "chacha20-poly1305", "unknown"],
    ["encryption",     "aes-gcm-8",         "unknown"],
    ["encryption",     "aes-gcm-12",        "unknown"],
    ["encryption",     "aes-ccm-8",         "unknown"],
    ["encryption",     "aes-ccm-12",        "unknown"],
    ["encryption",     "aes-ccm-16",        "unknown"],
    ["authentication", "hmac-sha256-128",   "unknown"],
    ["authentication", "aes-cmac",          "unknown"],
  ])("%s %s is %s on Linux", (kind, word, expected) => {
    const algorithm = algorithmBySetkeyName(kind, word);
    expect(algorithm?.setkey?.from ? "unknown" : "dropped").toBe(expected);
  });
});

describe("ipseckey's words", () => {
  // biome-ignore format: one row a line
  it.each<[AlgorithmKind, string, [number, string] | undefined]>([
    ["authentication", "md5",         [2, "hmac-md5"]],
    ["authentication", "hmac-md5",    [2, "hmac-md5"]],
    ["authentication", "MD5",         [2, "hmac-md5"]],
    ["authentication", "sha",         [3, "hmac-sha1"]],
    ["authentication", "sha-1",       [3, "hmac-sha1"]],
    ["authentication", "sha1",        [3, "hmac-sha1"]],
    ["authentication", "hmac-sha1",   [3, "hmac-sha1"]],
    ["authentication", "hmac-sha",    [3, "hmac-sha1"]],
    ["authentication", "hmac-sha-1",  [3, "hmac-sha1"]],
    ["authentication", "sha256",      [5, "hmac-sha256"]],
    ["authentication", "hmac-sha384", [6, "hmac-sha384"]],
    ["authentication", "SHA-512",     [7, "hmac-sha512"]],
    ["authentication", "any",         [0, "<none>"]],
    ["authentication", "none",        [0, "<none>"]],
    ["authentication", "aes",         undefined],
    ["authentication", "bogus",       undefined],
    ["authentication", "255",         undefined],
    ["encryption",     "any",         [0, "<none>"]],
    ["encryption",     "none",        undefined],
    ["encryption",     "des",         [2, "des-cbc"]],
    ["encryption",     "3des",        [3, "3des-cbc"]],
    ["encryption",     "3DES-CBC",    [3, "3des-cbc"]],
    ["encryption",     "blowfish",    [7, "blowfish-cbc"]],
    ["encryption",     "null",        [11, "null"]],
    ["encryption",     "aes",         [12, "aes-cbc"]],
    ["encryption",     "aes-ccm8",    [14, "aes-ccm8"]],
    ["encryption",     "aes-ccm12",   [15, "aes-ccm12"]],
    ["encryption",     "aes-ccm",     [16, "aes-ccm"]],
    ["encryption",     "aes-ccm16",   [16, "aes-ccm"]],
    ["encryption",     "aes-gcm8",    [18, "aes-gcm8"]],
    ["encryption",     "aes-gcm12",   [19, "aes-gcm12"]],
    ["encryption",     "aes-gcm",     [20, "aes-gcm"]],
    ["encryption",     "aes-gcm16",   [20, "aes-gcm"]],
    ["encryption",     "camellia",    undefined],
  ])("%s %s", (kind, word, expected) => {
    const algorithm = algorithmByIpseckeyName(kind, word);
    expect(algorithm && [algorithm.numbers.illumos, algorithm.ipseckey?.printed]).toEqual(expected);
  });
});

describe("Linux's names", () => {
  // biome-ignore format: one row a line
  it.each<[AlgorithmKind, string, number | undefined, string | undefined]>([
    ["authentication", "hmac(sha256)",                    undefined, "hmac-sha256"],
    ["authentication", "hmac(sha256)",                    96,        "hmac-sha256"],
    ["authentication", "hmac(sha256)",                    128,       "hmac-sha256-128"],
    ["authentication", "hmac(sha256)",                    256,       undefined],
    ["authentication", "cmac(aes)",                       undefined, "aes-cmac"],
    ["authentication", "digest_null",                     0,         "null"],
    ["authentication", "sha256",                          undefined, undefined],
    ["encryption",     "cbc(aes)",                        undefined, "aes-cbc"],
    ["encryption",     "rfc4106(gcm(aes))",               64,        "aes-gcm-8"],
    ["encryption",     "rfc4106(gcm(aes))",               96,        "aes-gcm-12"],
    ["encryption",     "rfc4106(gcm(aes))",               128,       "aes-gcm-16"],
    ["encryption",     "rfc4106(gcm(aes))",               undefined, "aes-gcm-8"],
    ["encryption",     "rfc4309(ccm(aes))",               128,       "aes-ccm-16"],
    ["encryption",     "rfc4543(gcm(aes))",               128,       "aes-gmac"],
    ["encryption",     "rfc7539esp(chacha20,poly1305)",   128,       "chacha20-poly1305"],
    ["compression",    "deflate",                         undefined, "deflate"],
  ])("%s %s %s", (kind, name, icvBits, expected) => {
    expect(algorithmByLinuxName(kind, name, icvBits)?.name).toBe(expected);
  });
});

describe("pfkeyAlgorithms", () => {
  // SUPPORTED_AUTH and SUPPORTED_ENCRYPT of a REGISTER reply measured on Linux 6.1 without the SM modules:
  // number, IV length, minimum, maximum.
  // biome-ignore format: one row a line
  const registered: Record<"authentication" | "encryption", [number, number, number, number][]> = {
    authentication: [
      [251, 0, 0, 0], [2, 0, 128, 128], [3, 0, 160, 160], [5, 0, 256, 256],
      [6, 0, 384, 384], [7, 0, 512, 512], [8, 0, 160, 160], [9, 0, 128, 128],
    ],
    encryption: [
      [11, 0, 0, 0], [2, 8, 64, 64], [3, 8, 192, 192], [6, 8, 40, 128], [7, 8, 40, 448],
      [12, 8, 128, 256], [252, 8, 128, 256], [22, 8, 128, 256], [253, 8, 128, 256], [13, 8, 160, 288],
    ],
  };

  it.each(["authentication", "encryption"] as const)(
    "lists Linux's %s as its REGISTER reply does",
    (kind) => {
      const rows = pfkeyAlgorithms(kind, "linux")
        .filter(({ name }) => name !== "hmac-sm3" && name !== "sm4-cbc")
        .map(({ numbers, linuxIvLength, keyBits }) => [
          numbers.linux,
          linuxIvLength,
          keyBits.linux?.min,
          keyBits.linux?.max,
        ]);
      expect(rows).toEqual(registered[kind]);
    },
  );

  it("knows the IV length of whatever illumos can do", () => {
    const rows = pfkeyAlgorithms("encryption", "illumos").map(({ name, illumosIvLength }) => [
      name,
      illumosIvLength,
    ]);
    // biome-ignore format: pairs
    expect(rows).toEqual([
      ["null", 0], ["des-cbc", 8], ["3des-cbc", 8], ["blowfish-cbc", 8], ["aes-cbc", 16],
      ["aes-ccm-8", 8], ["aes-ccm-12", 8], ["aes-ccm-16", 8], ["aes-gcm-8", 8], ["aes-gcm-12", 8], ["aes-gcm-16", 8],
    ]);
    expect(pfkeyAlgorithms("compression", "illumos")).toEqual([]);
  });
});
