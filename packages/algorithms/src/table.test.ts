import { describe, expect, it } from "vitest";
import type { Algorithm, AlgorithmKind, KernelName } from "./algorithm.ts";
import { authenticationAlgorithms } from "./authentication.ts";
import { compressionAlgorithms } from "./compression.ts";
import { encryptionAlgorithms } from "./encryption.ts";
import {
  algorithmByIpseckeyName,
  algorithmByLinuxName,
  algorithmByNumber,
  algorithmBySetkeyName,
} from "./lookup.ts";

const kernels: readonly KernelName[] = ["linux", "illumos", "freebsd", "netbsd", "openbsd", "macos"];
const tables: readonly [AlgorithmKind, readonly Algorithm[]][] = [
  ["authentication", authenticationAlgorithms],
  ["encryption", encryptionAlgorithms],
  ["compression", compressionAlgorithms],
];

const repeated = <T>(values: readonly T[]) =>
  values.filter((value, index) => values.indexOf(value) !== index);

describe.each(tables)("the %s table", (kind, algorithms) => {
  it("says its kind in each row", () => {
    expect(algorithms.map((algorithm) => algorithm.kind)).toEqual(algorithms.map(() => kind));
  });

  it.each(kernels)("has no number twice within %s", (kernel) => {
    const numbers = algorithms.flatMap(({ numbers }) => (kernel in numbers ? [numbers[kernel]] : []));
    expect(repeated(numbers)).toEqual([]);
    expect(numbers.every((number) => Number.isInteger(number) && number! >= 0 && number! <= 255)).toBe(true);
  });

  it("has no name twice", () => {
    expect(repeated(algorithms.map(({ name }) => name))).toEqual([]);
    expect(repeated(algorithms.flatMap(({ setkey }) => setkey?.names ?? []))).toEqual([]);
    expect(repeated(algorithms.flatMap(({ setkey }) => setkey?.printed ?? []))).toEqual([]);
    expect(repeated(algorithms.flatMap(({ ipseckey }) => ipseckey?.names ?? []))).toEqual([]);
    const linuxNames = algorithms.filter(({ linuxName }) => linuxName !== undefined);
    expect(repeated(linuxNames.map(({ linuxName, icvBits }) => `${linuxName} ${icvBits?.linux}`))).toEqual(
      [],
    );
  });

  it("finds each row by each number and each name, and only where it has one", () => {
    for (const algorithm of algorithms) {
      for (const kernel of kernels) {
        const number = algorithm.numbers[kernel];
        if (number !== undefined) expect(algorithmByNumber(kind, number, kernel)).toBe(algorithm);
      }
      for (const name of algorithm.setkey?.names ?? []) {
        expect(algorithmBySetkeyName(kind, name)).toBe(algorithm);
        expect(algorithmBySetkeyName(kind, name.toUpperCase())).toBeUndefined();
      }
      for (const name of algorithm.ipseckey?.names ?? []) {
        expect(algorithmByIpseckeyName(kind, name)).toBe(algorithm);
        expect(algorithmByIpseckeyName(kind, name.toUpperCase())).toBe(algorithm);
      }
      if (algorithm.linuxName !== undefined) {
        expect(algorithmByLinuxName(kind, algorithm.linuxName, algorithm.icvBits?.linux)).toBe(algorithm);
      }
    }
    for (let number = 0; number < 256; number++) {
      for (const kernel of kernels) {
        expect(algorithmByNumber(kind, number, kernel)?.numbers[kernel] ?? number).toBe(number);
      }
    }
  });

  it("prints a word that it reads, but for the number 0 and the old names of keyed hashes", () => {
    const odd = algorithms.flatMap(({ setkey, ipseckey }) =>
      [setkey, ipseckey].flatMap((words) =>
        words && !words.names.includes(words.printed) ? [words.printed] : [],
      ),
    );
    expect(odd.sort()).toEqual(
      {
        authentication: ["<none>", "md5", "none", "sha"],
        encryption: ["<none>", "none"],
        compression: ["none"],
      }[kind],
    );
  });

  it("states key sizes of whole bytes, salt included, that the step divides", () => {
    for (const { name, keyBits } of algorithms) {
      for (const [kernel, { min, max, step, salt }] of Object.entries(keyBits)) {
        const row = `${name} on ${kernel}`;
        expect([min % 8, max % 8, step % 8, salt % 8], row).toEqual([0, 0, 0, 0]);
        expect(min <= max && salt <= min, row).toBe(true);
        expect(step === 0, row).toBe(min === max);
        // sm4-cbc: a range that REGISTER states and the cipher does not keep.
        if (step !== 0 && name !== "sm4-cbc") expect((max - min) % step, row).toBe(0);
      }
    }
  });

  it("states sizes only for kernels that have a number, or for XFRM", () => {
    for (const { name, numbers, keyBits, icvBits, xfrmOnly } of algorithms) {
      for (const kernel of kernels) {
        const numbered = numbers[kernel] !== undefined || (kernel === "linux" && xfrmOnly === true);
        if (!numbered) expect([keyBits[kernel], icvBits?.[kernel]], name).toEqual([undefined, undefined]);
        if (icvBits?.[kernel] !== undefined) expect(keyBits[kernel], name).toBeDefined();
      }
    }
  });
});

describe("what XFRM needs of each row that has a number of Linux", () => {
  // Number, name in the crypto API, bits of the ICV: what is of no use over XFRM has no name.
  // biome-ignore format: pairs
  it.each<[AlgorithmKind, [number, string, number?][], nameless: number[]]>([
    ["authentication", [
      [251, "digest_null", 0], [2, "hmac(md5)", 96], [3, "hmac(sha1)", 96], [5, "hmac(sha256)", 96], [6, "hmac(sha384)", 192],
      [7, "hmac(sha512)", 256], [8, "hmac(rmd160)", 96], [9, "xcbc(aes)", 96], [10, "hmac(sm3)", 256],
    ], [0, 249, 250]],
    ["encryption", [
      [11, "ecb(cipher_null)"], [2, "cbc(des)"], [3, "cbc(des3_ede)"], [6, "cbc(cast5)"], [7, "cbc(blowfish)"], [12, "cbc(aes)"],
      [252, "cbc(serpent)"], [22, "cbc(camellia)"], [253, "cbc(twofish)"], [13, "rfc3686(ctr(aes))"], [24, "cbc(sm4)"],
      [14, "rfc4309(ccm(aes))", 64], [15, "rfc4309(ccm(aes))", 96], [16, "rfc4309(ccm(aes))", 128],
      [18, "rfc4106(gcm(aes))", 64], [19, "rfc4106(gcm(aes))", 96], [20, "rfc4106(gcm(aes))", 128], [23, "rfc4543(gcm(aes))", 128],
    ], [0]],
    ["compression", [[2, "deflate"], [3, "lzs"], [4, "lzjh"]], [0, 1]],
  ])("%s", (kind, expected, nameless) => {
    const rows = tables.find(([key]) => key === kind)![1].filter(({ numbers }) => numbers.linux !== undefined);
    const named = rows.filter(({ linuxName }) => linuxName !== undefined);
    expect(
      named.map(({ numbers, linuxName, icvBits }) => [
        numbers.linux,
        linuxName,
        ...(icvBits?.linux === undefined ? [] : [icvBits.linux]),
      ]),
    ).toEqual(expected);
    expect(rows.filter((row) => !named.includes(row)).map(({ numbers }) => numbers.linux)).toEqual(nameless);
  });

  it("has these without a number, and knows AEADs from others", () => {
    const all = tables.flatMap(([, rows]) => rows);
    const unnumbered = all.filter(({ linuxName, numbers }) => linuxName && numbers.linux === undefined);
    expect(unnumbered.map(({ name }) => name)).toEqual(["hmac-sha256-128", "aes-cmac", "chacha20-poly1305"]);
    expect(all.filter(({ aead }) => aead).map(({ name }) => name)).toEqual(
      all.filter(({ kind, xfrmOnly }) => xfrmOnly && kind === "encryption").map(({ name }) => name),
    );
  });
});

describe("numbers that kernels do not share", () => {
  // biome-ignore format: one row a line
  it.each<[AlgorithmKind, string, (number | undefined)[]]>([
    ["authentication", "hmac-md5",          [2, 2, 2, 2, 2, 1]],
    ["authentication", "hmac-sha1",         [3, 3, 3, 3, 3, 2]],
    ["authentication", "hmac-sha256",       [5, 5, 5, 5, 5, 6]],
    ["authentication", "null",              [251, undefined, 251, 251, undefined, 5]],
    ["authentication", "chacha20-poly1305", [undefined, undefined, 14, undefined, 12, undefined]],
    ["encryption",     "des-cbc",           [2, 2, 2, 2, undefined, 1]],
    ["encryption",     "3des-cbc",          [3, 3, 3, 3, 3, 2]],
    ["encryption",     "null",              [11, 11, 11, 11, 11, 3]],
    ["encryption",     "blowfish-cbc",      [7, 7, 7, 7, 7, 4]],
    ["encryption",     "cast128-cbc",       [6, undefined, 6, 6, 6, 5]],
    ["encryption",     "aes-gcm-16",        [20, 20, 20, 20, 20, 13]],
    ["encryption",     "aes-gmac",          [23, undefined, 23, 23, 21, 15]],
    ["encryption",     "chacha20-poly1305", [undefined, undefined, 15, undefined, 22, 14]],
    ["compression",    "lzjh",              [4, undefined, undefined, undefined, undefined, undefined]],
  ])("%s %s", (kind, name, numbers) => {
    const algorithm = tables.find(([key]) => key === kind)?.[1].find((row) => row.name === name);
    expect(kernels.map((kernel) => algorithm?.numbers[kernel])).toEqual(numbers);
  });
});
