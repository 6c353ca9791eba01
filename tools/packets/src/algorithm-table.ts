import { type Algorithm, pfkeyAlgorithms } from "@keysock/algorithms";
import { type Authentication, aesCtr, aesXcbc, type Cipher, cipher, hmac, nullCipher } from "./keys.ts";

/** What Node's crypto has to look into packets with, by the algorithm's name; it has no more of them. */
export const ciphers: Readonly<Record<string, (key: Buffer) => Cipher>> = {
  null: () => nullCipher,
  "des-cbc": (key) => cipher("des-ede3-cbc", Buffer.concat([key, key, key]), 8),
  "3des-cbc": (key) => cipher("des-ede3-cbc", key, 8),
  "aes-cbc": (key) => cipher(`aes-${key.length * 8}-cbc`, key, 16),
  "aes-ctr": aesCtr,
  "camellia-cbc": (key) => cipher(`camellia-${key.length * 8}-cbc`, key, 16),
};

/** The same for authentication, with the ICV that the kernel cuts out of the MAC. */
export const authentications: Readonly<Record<string, (key: Buffer) => Authentication>> = {
  null: () => ({ icvLength: 0, mac: () => Buffer.alloc(0) }),
  "hmac-md5": (key) => hmac("md5", key, 12),
  "hmac-sha1": (key) => hmac("sha1", key, 12),
  // RFC 4868 says 16, which the kernel does only over XFRM.
  "hmac-sha256": (key) => hmac("sha256", key, 12),
  "hmac-sha384": (key) => hmac("sha384", key, 24),
  "hmac-sha512": (key) => hmac("sha512", key, 32),
  "hmac-ripemd160": (key) => hmac("ripemd160", key, 12),
  "aes-xcbc-mac": aesXcbc,
};

/** The kernel could have them, but the lab does not load their modules. */
const notLoaded = ["hmac-sm3", "sm4-cbc"];

const loaded = (kind: "authentication" | "encryption"): Algorithm[] =>
  pfkeyAlgorithms(kind, "linux").filter(({ name }) => !notLoaded.includes(name));

/** What the kernel's PF_KEY offers. */
export const offered = { authentication: loaded("authentication"), encryption: loaded("encryption") };

/** A key in which no two bytes are alike. */
export const keyOf = (bits: number): Buffer =>
  Buffer.from(Array.from({ length: bits / 8 }, (_, at) => at * 37 + 11));
