import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type StateOfSa, stateText } from "./ip-state.ts";
import { kernelMachine } from "./kernel-machine.ts";
import { wayOf } from "./ways.ts";

/** An algorithm that Linux has. */
interface Row {
  /** Linux's name of it. */
  name: string;
  words: readonly string[];
  /** Sizes of keys: the least, the most and one between. */
  keyBits: readonly number[];
  /** Of the check value, where there is one. */
  icvBits?: number;
  /** It authenticates what it enciphers. */
  combined?: true;
}

// biome-ignore format: one row a line
const authentication: readonly Row[] = [
  { name: "hmac(md5)",    words: ["md5", "hmac-md5", "2"],                                          keyBits: [128], icvBits: 96 },
  { name: "hmac(sha1)",   words: ["sha", "sha1", "sha-1", "hmac-sha", "hmac-sha1", "hmac-sha-1"],   keyBits: [160], icvBits: 96 },
  { name: "hmac(sha256)", words: ["sha256", "sha-256", "hmac-sha256", "hmac-sha-256"],              keyBits: [256], icvBits: 96 },
  { name: "hmac(sha384)", words: ["sha384", "sha-384", "hmac-sha384", "hmac-sha-384"],              keyBits: [384], icvBits: 192 },
  { name: "hmac(sha512)", words: ["sha512", "sha-512", "hmac-sha512", "hmac-sha-512"],              keyBits: [512], icvBits: 256 },
  { name: "hmac(rmd160)", words: ["8"],                                                             keyBits: [160], icvBits: 96 },
  { name: "xcbc(aes)",    words: ["9"],                                                             keyBits: [128], icvBits: 96 },
];

// biome-ignore format: one row a line
const encryption: readonly Row[] = [
  { name: "cbc(des)",           words: ["des", "des-cbc"],           keyBits: [64] },
  { name: "cbc(des3_ede)",      words: ["3des", "3des-cbc"],         keyBits: [192] },
  { name: "cbc(cast5)",         words: ["6"],                        keyBits: [40, 80, 128] },
  { name: "cbc(blowfish)",      words: ["blowfish", "blowfish-cbc"], keyBits: [40, 128, 448] },
  { name: "cbc(aes)",           words: ["aes", "aes-cbc"],           keyBits: [128, 192, 256] },
  { name: "cbc(serpent)",       words: ["252"],                      keyBits: [128, 192, 256] },
  { name: "cbc(camellia)",      words: ["22"],                       keyBits: [128, 192, 256] },
  { name: "cbc(twofish)",       words: ["253"],                      keyBits: [128, 192, 256] },
  { name: "rfc3686(ctr(aes))",  words: ["13", "0x0d", "015"],        keyBits: [160, 224, 288] },
];

// biome-ignore format: one row a line
const combinedModes: readonly Row[] = [
  { name: "rfc4309(ccm(aes))", words: ["aes-ccm8", "14"],              keyBits: [152, 216, 280], icvBits: 64,  combined: true },
  { name: "rfc4309(ccm(aes))", words: ["aes-ccm12", "15"],             keyBits: [152, 216, 280], icvBits: 96,  combined: true },
  { name: "rfc4309(ccm(aes))", words: ["aes-ccm", "aes-ccm16", "16"],  keyBits: [152, 216, 280], icvBits: 128, combined: true },
  { name: "rfc4106(gcm(aes))", words: ["aes-gcm8", "18"],              keyBits: [160, 224, 288], icvBits: 64,  combined: true },
  { name: "rfc4106(gcm(aes))", words: ["aes-gcm12", "19"],             keyBits: [160, 224, 288], icvBits: 96,  combined: true },
  { name: "rfc4106(gcm(aes))", words: ["aes-gcm", "aes-gcm16", "20"],  keyBits: [160, 224, 288], icvBits: 128, combined: true },
];

/** A key of that many bits. */
const keyOf = (bits: number): string =>
  Array.from({ length: bits / 8 }, (_, i) => (i * 37 + 1).toString(16).padStart(2, "0").slice(-2)).join("");

/** An SA as it is asked for, and as it is there. */
interface Sample {
  words: string;
  sa: StateOfSa;
}

/** An SA for each word and each size of key. */
function samples({ name, words, keyBits, icvBits, combined }: Row): Sample[] {
  return words.flatMap((word) =>
    keyBits.flatMap((bits): Sample[] => {
      const key = keyOf(bits);
      if (icvBits !== undefined && combined) {
        return [{ words: `esp encralg ${word} encrkey ${key}`, sa: { combined: [name, key, icvBits] } }];
      }
      if (icvBits === undefined) {
        return [{ words: `esp encralg ${word} encrkey ${key}`, sa: { encryption: [name, key] } }];
      }
      const auth = { authentication: [name, key, icvBits] } as const;
      const given = `authalg ${word} authkey ${key}`;
      const aes = keyOf(128);
      return [
        { words: `ah ${given}`, sa: { protocol: "ah", ...auth } },
        { words: `esp ${given}`, sa: { ...auth, encryption: ["ecb(cipher_null)", ""] } },
        { words: `esp encralg null ${given}`, sa: { ...auth, encryption: ["ecb(cipher_null)", ""] } },
        { words: `esp encralg aes encrkey ${aes} ${given}`, sa: { ...auth, encryption: ["cbc(aes)", aes] } },
      ];
    }),
  );
}

/** What is told of counter mode, as the original tells it. */
const counterWarning =
  /^ipseckey: (keys|saved):\d+:\d+: WARNING: Using manual keying with a Counter mode .*\n/gm;

/** Every algorithm that Linux has, added, listed, saved and loaded again. */
export function describeAlgorithms(via: string): void {
  describe("algorithms", () => {
    const rows = [...authentication, ...encryption, ...(wayOf(via).combinedModes ? combinedModes : [])];
    for (const row of rows) {
      test(row.combined ? `${row.name} with an ICV of ${row.icvBits} bits` : row.name, async () => {
        using machine = kernelMachine(via);
        const { ipseckey, load, state } = machine;
        const all = samples(row).map(({ words, sa }, i) => ({
          command: `add ${words} spi ${0x1000 + i} src 192.0.2.1 dst 192.0.2.2\n`,
          sa: { ...sa, spi: 0x1000 + i },
        }));
        const { stderr, ...shown } = await load(all.map(({ command }) => command).join(""));
        assert.deepEqual([stderr.replaceAll(counterWarning, ""), shown], ["", { exit: 0, stdout: "" }]);
        assert.equal(state(), stateText(...all.map(({ sa }) => sa).toReversed()));

        const listed = await ipseckey(["dump"]);
        assert.equal(listed.stdout.split("type DUMP").length - 1, all.length);
        assert.deepEqual(await ipseckey(["-s", "saved"]), { exit: 0, stdout: "", stderr: "" });
        assert.deepEqual(await ipseckey(["flush"]), { exit: 0, stdout: "", stderr: "" });
        assert.equal(state(), "");
        const again = await ipseckey(["-f", "saved"]);
        assert.deepEqual([again.stderr.replaceAll(counterWarning, ""), again.exit], ["", 0]);
        // What was listed first is added first.
        assert.equal(state(), stateText(...all.map(({ sa }) => sa)));
      });
    }
  });
}
