import { createCipheriv, createDecipheriv, createHmac } from "node:crypto";

/** How an SA of ESP enciphers. */
export interface Cipher {
  /** Gives back what was enciphered. */
  decipher(iv: Buffer, sealed: Buffer): Buffer;
  /** In bytes. */
  ivLength: number;
}

/** How an SA authenticates. */
export interface Authentication {
  /** The whole MAC. */
  mac(over: Uint8Array): Buffer;
  /** What of it the packet carries, in bytes. */
  icvLength: number;
}

/** What an SA was given, to look into its packets with. */
export interface Keys {
  cipher?: Cipher;
  authentication?: Authentication;
}

/** A cipher by its name in Node's crypto. */
export const cipher = (name: string, key: Buffer, ivLength: number): Cipher => ({
  ivLength,
  decipher: (iv, sealed) => finished(createDecipheriv(name, key, iv), sealed),
});

/** AES in counter mode: the key ends with a nonce (RFC 3686). */
export function aesCtr(keyAndNonce: Buffer): Cipher {
  const key = keyAndNonce.subarray(0, -4);
  const nonce = keyAndNonce.subarray(-4);
  const firstBlock = Buffer.of(0, 0, 0, 1);
  return {
    ivLength: 8,
    decipher: (iv, sealed) =>
      finished(
        createDecipheriv(`aes-${key.length * 8}-ctr`, key, Buffer.concat([nonce, iv, firstBlock])),
        sealed,
      ),
  };
}

/** The cipher that is none. */
export const nullCipher: Cipher = { ivLength: 0, decipher: (_, clear) => clear };

/** A HMAC by its hash's name in Node's crypto. */
export const hmac = (hash: string, key: Buffer, icvLength: number): Authentication => ({
  icvLength,
  mac: (over) => createHmac(hash, key).update(over).digest(),
});

/** AES-XCBC-MAC-96 (RFC 3566). */
export function aesXcbc(key: Buffer): Authentication {
  const [key1, key2, key3] = [1, 2, 3].map((fill) => aes(key, Buffer.alloc(16, fill)));
  return {
    icvLength: 12,
    mac(over) {
      const blocks = Math.max(1, Math.ceil(over.length / 16));
      const padded = Buffer.alloc(blocks * 16);
      padded.set(over);
      const isWhole = over.length === padded.length;
      if (!isWhole) padded[over.length] = 0x80;
      const last = padded.subarray(-16);
      last.set(xored(last, isWhole ? key2! : key3!));
      return finished(createCipheriv("aes-128-cbc", key1!, Buffer.alloc(16)), padded).subarray(-16);
    },
  };
}

const aes = (key: Buffer, block: Buffer): Buffer => finished(createCipheriv("aes-128-ecb", key, null), block);

const xored = (one: Buffer, other: Buffer): Buffer => Buffer.from(one.map((byte, at) => byte ^ other[at]!));

function finished(
  work: ReturnType<typeof createCipheriv> | ReturnType<typeof createDecipheriv>,
  bytes: Buffer,
): Buffer {
  work.setAutoPadding(false);
  return Buffer.concat([work.update(bytes), work.final()]);
}
