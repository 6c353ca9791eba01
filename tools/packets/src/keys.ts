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

/** How an SA of ESP enciphers and authenticates in one (RFC 4106, RFC 4309, RFC 4543, RFC 7634). */
export interface Combined {
  /** Gives back what was enciphered. @throws Error if anything is not what the sender sealed */
  open(packet: CombinedPacket): Buffer;
  /** In bytes. */
  ivLength: number;
  icvLength: number;
}

/** The parts of a packet under a combined cipher. */
export interface CombinedPacket {
  /** SPI and sequence number, which is of 64 bits where the SA's are. */
  header: Buffer;
  iv: Buffer;
  sealed: Buffer;
  icv: Buffer;
}

/** What an SA was given, to look into its packets with. */
export interface Keys {
  cipher?: Cipher;
  authentication?: Authentication;
  combined?: Combined;
  /** Sequence numbers are of 64 bits, of which the packet carries the lower 32 (RFC 4304). */
  extendedSequence?: boolean;
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
  return cbcMac(key1!, { whole: key2!, padded: key3! });
}

/** AES-CMAC-96 (RFC 4494). */
export function aesCmac(key: Buffer): Authentication {
  const whole = doubled(aes(key, Buffer.alloc(16)));
  return cbcMac(key, { whole, padded: doubled(whole) });
}

/** The last block under AES-CBC of 128 bits; what is added to it before says whether it had to be padded. */
const cbcMac = (key: Buffer, added: { whole: Buffer; padded: Buffer }): Authentication => ({
  icvLength: 12,
  mac(over) {
    const blocks = Math.max(1, Math.ceil(over.length / 16));
    const padded = Buffer.alloc(blocks * 16);
    padded.set(over);
    const isWhole = over.length === padded.length;
    if (!isWhole) padded[over.length] = 0x80;
    const last = padded.subarray(-16);
    last.set(xored(last, isWhole ? added.whole : added.padded));
    return finished(createCipheriv("aes-128-cbc", key, Buffer.alloc(16)), padded).subarray(-16);
  },
});

/** Times x in GF(2^128), as RFC 4493 makes its subkeys. */
function doubled(block: Buffer): Buffer {
  const value = BigInt(`0x${block.toString("hex")}`);
  const reduced = BigInt.asUintN(128, value << 1n) ^ (value >> 127n === 0n ? 0n : 0x87n);
  return Buffer.from(reduced.toString(16).padStart(32, "0"), "hex");
}

/** A combined cipher of Node's crypto; the key ends with the salt that begins the nonce. */
export function combined(
  name: (keyBits: number) => string,
  keyAndSalt: Buffer,
  { saltLength, icvLength }: { saltLength: number; icvLength: number },
): Combined {
  const key = keyAndSalt.subarray(0, -saltLength);
  const salt = keyAndSalt.subarray(-saltLength);
  return {
    ivLength: 8,
    icvLength,
    open({ header, iv, sealed, icv }) {
      const nonce = Buffer.concat([salt, iv]);
      const options = { authTagLength: icvLength };
      const work = createDecipheriv(name(key.length * 8) as "aes-128-ccm", key, nonce, options);
      work.setAuthTag(icv);
      work.setAAD(header, { plaintextLength: sealed.length });
      return Buffer.concat([work.update(sealed), work.final()]);
    },
  };
}

/** AES-GMAC: nothing is enciphered, and all is authenticated, the IV too (RFC 4543). */
export function gmac(keyAndSalt: Buffer): Combined {
  const { open, ...rest } = combined((bits) => `aes-${bits}-gcm`, keyAndSalt, {
    saltLength: 4,
    icvLength: 16,
  });
  return {
    ...rest,
    open({ header, iv, sealed, icv }) {
      open({ header: Buffer.concat([header, iv, sealed]), iv, sealed: Buffer.alloc(0), icv });
      return sealed;
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
