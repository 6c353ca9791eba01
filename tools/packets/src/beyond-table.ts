import { aesCmac, cipher, combined, gmac, hmac, type Keys } from "./keys.ts";

/** Words of `add` that only XFRM takes, and how to look into the packets. */
export interface Row {
  name: string;
  protocol: "esp" | "ah";
  /** Behind the SPI; KEY, of so many bits, goes where it stands. */
  words: string;
  bits: number;
  keys: (key: Buffer) => Keys;
}

const aesKey = Buffer.from("000102030405060708090a0b0c0d0e0f", "hex");
const aes = `-E aes-cbc 0x${aesKey.toString("hex")}`;
const underAes = (authentication: Keys["authentication"]): Keys => ({
  cipher: cipher("aes-128-cbc", aesKey, 16),
  ...(authentication && { authentication }),
});

const gcm = (icvLength: number) => (key: Buffer) => ({
  combined: combined((bits) => `aes-${bits}-gcm`, key, { saltLength: 4, icvLength }),
});
const ccm = (icvLength: number) => (key: Buffer) => ({
  combined: combined((bits) => `aes-${bits}-ccm`, key, { saltLength: 3, icvLength }),
});
const chacha = (key: Buffer) => ({
  combined: combined(() => "chacha20-poly1305", key, { saltLength: 4, icvLength: 16 }),
});
const extended =
  (keys: Row["keys"]): Row["keys"] =>
  (key) => ({ ...keys(key), extendedSequence: true });

const withSizes = (name: string, sizes: readonly number[], keys: Row["keys"]): Row[] =>
  sizes.map((bits) => ({
    name: `${name} of ${bits} bits`,
    protocol: "esp",
    words: `-E ${name} KEY`,
    bits,
    keys,
  }));

/** What setkey has words for over XFRM and not over PF_KEY. */
export const beyondPfKey: readonly Row[] = [
  ...withSizes("aes-gcm-8", [160, 224, 288], gcm(8)),
  ...withSizes("aes-gcm-12", [160, 224, 288], gcm(12)),
  ...withSizes("aes-gcm-16", [160, 224, 288], gcm(16)),
  ...withSizes("aes-ccm-8", [152, 216, 280], ccm(8)),
  ...withSizes("aes-ccm-12", [152, 216, 280], ccm(12)),
  ...withSizes("aes-ccm-16", [152, 216, 280], ccm(16)),
  ...withSizes("aes-gmac", [160, 224, 288], (key) => ({ combined: gmac(key) })),
  ...withSizes("chacha20-poly1305", [288], chacha),
  // biome-ignore-start format: one row a line
  {
    name: "hmac-sha256-128 in ESP",
    protocol: "esp",
    words: `${aes} -A hmac-sha256-128 KEY`,
    bits: 256,
    keys: (key) => underAes(hmac("sha256", key, 16)),
  },
  {
    name: "hmac-sha256-128 in AH",
    protocol: "ah",
    words: "-A hmac-sha256-128 KEY",
    bits: 256,
    keys: (key) => ({ authentication: hmac("sha256", key, 16) }),
  },
  {
    name: "aes-cmac in ESP",
    protocol: "esp",
    words: `${aes} -A aes-cmac KEY`,
    bits: 128,
    keys: (key) => underAes(aesCmac(key)),
  },
  {
    name: "aes-cmac in AH",
    protocol: "ah",
    words: "-A aes-cmac KEY",
    bits: 128,
    keys: (key) => ({ authentication: aesCmac(key) }),
  },
  {
    name: "a replay window of 4096",
    protocol: "esp",
    words: `-r 4096 ${aes} -A hmac-sha256-128 KEY`,
    bits: 256,
    keys: (key) => underAes(hmac("sha256", key, 16)),
  },
  {
    name: "extended sequence numbers",
    protocol: "esp",
    words: `-esn -r 128 ${aes} -A hmac-sha256-128 KEY`,
    bits: 256,
    keys: extended((key) => underAes(hmac("sha256", key, 16))),
  },
  {
    name: "extended sequence numbers and AES-GCM",
    protocol: "esp",
    words: "-esn -r 32 -E aes-gcm-16 KEY",
    bits: 160,
    keys: extended(gcm(16)),
  },
  // biome-ignore-end format: one row a line
];
