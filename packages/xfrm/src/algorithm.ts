/**
 * `struct xfrm_algo`, `struct xfrm_algo_auth` and `struct xfrm_algo_aead` (linux/xfrm.h).
 */
import { type AlgorithmName, decodeName, encodeName } from "./algorithm-name.ts";
import { type Reader, report, type Structure } from "./structure.ts";
import { byteLength, putBytes, putUint32, type Writer } from "./writer.ts";

const field = { name: 0, bits: 64, key: 68 } as const;
const authenticationField = { truncationBits: 68, key: 72 } as const;
const aeadField = { icvBits: 68, key: 72 } as const;

/** An algorithm with its key. The key is a secret: whoever holds the message last overwrites it. */
export interface Algorithm extends AlgorithmName {
  /** Of the key; 0 for compression. */
  bits: number;
  /** ceil(bits / 8) bytes. */
  key: Uint8Array;
}

/** An authentication algorithm that says how much of its digest is sent. */
export interface AuthenticationAlgorithm extends Algorithm {
  truncationBits: number;
}

/** A combined algorithm; the key ends with the salt, which `bits` counts. */
export interface AeadAlgorithm extends Algorithm {
  icvBits: number;
}

export const algorithm: Structure<Algorithm> = {
  minimum: field.key,
  decode: (reader, at, end) => decodeKeyed(reader, at, at + field.key, end),
  size: ({ key }) => field.key + byteLength(key, "algorithm.key"),
  encode: (writer, at, value) => encodeKeyed(writer, at, value, at + field.key),
};

export const authenticationAlgorithm: Structure<AuthenticationAlgorithm> = {
  minimum: authenticationField.key,

  decode(reader, at, end) {
    const value = decodeKeyed(reader, at, at + authenticationField.key, end);
    if (value === undefined) return undefined;
    const { view, littleEndian } = reader;
    return Object.assign(value, {
      truncationBits: view.getUint32(at + authenticationField.truncationBits, littleEndian),
    });
  },

  size: ({ key }) => authenticationField.key + byteLength(key, "algorithm.key"),

  encode(writer, at, value) {
    encodeKeyed(writer, at, value, at + authenticationField.key);
    const { truncationBits } = value;
    putUint32(writer, at + authenticationField.truncationBits, truncationBits, "algorithm.truncationBits");
  },
};

export const aeadAlgorithm: Structure<AeadAlgorithm> = {
  minimum: aeadField.key,

  decode(reader, at, end) {
    const value = decodeKeyed(reader, at, at + aeadField.key, end);
    if (value === undefined) return undefined;
    const { view, littleEndian } = reader;
    return Object.assign(value, { icvBits: view.getUint32(at + aeadField.icvBits, littleEndian) });
  },

  size: ({ key }) => aeadField.key + byteLength(key, "algorithm.key"),

  encode(writer, at, value) {
    encodeKeyed(writer, at, value, at + aeadField.key);
    putUint32(writer, at + aeadField.icvBits, value.icvBits, "algorithm.icvBits");
  },
};

function decodeKeyed(reader: Reader, at: number, key: number, end: number): Algorithm | undefined {
  const bits = reader.view.getUint32(at + field.bits, reader.littleEndian);
  const size = bytesOf(bits);
  if (size > end - key) {
    return report(
      reader,
      "algorithm-key",
      at + field.bits,
      `a key of ${bits} bits needs ${size} bytes and has ${end - key}`,
    );
  }
  return Object.assign(decodeName(reader, at + field.name), {
    bits,
    key: reader.bytes.slice(key, key + size),
  });
}

function encodeKeyed(writer: Writer, at: number, value: Algorithm, key: number): void {
  encodeName(writer, at + field.name, value);
  putUint32(writer, at + field.bits, value.bits, "algorithm.bits");
  putBytes(writer, key, value.key, bytesOf(value.bits), "algorithm.key");
}

const bytesOf = (bits: number): number => Math.ceil(bits / 8);
