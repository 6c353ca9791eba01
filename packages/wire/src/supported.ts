/**
 * `struct sadb_supported` with its `struct sadb_alg`s, extensions 14 and 15 (RFC 2367 section 2.3.8).
 */
import type { ExtensionHeader } from "./extension.ts";
import type { Reader, Structure } from "./structure.ts";
import { putUint8, putUint16, putUint32, type Writer } from "./writer.ts";

const field = { reserved: 4, algorithms: 8 } as const;
const algorithmField = { id: 0, ivLength: 1, minBits: 2, maxBits: 4, reserved: 6 } as const;
const algorithmBytes = 8;

/** The algorithms that a kernel offers. */
export interface SupportedExtension extends ExtensionHeader {
  kind: "supportedAuthentication" | "supportedEncryption";
  reserved: number;
  algorithms: readonly SupportedAlgorithm[];
}

/** One algorithm with the range of its key. */
export interface SupportedAlgorithm {
  id: number;
  ivLength: number;
  minBits: number;
  maxBits: number;
  reserved: number;
}

export const supported: Structure<SupportedExtension> = {
  minimum: field.algorithms,

  decode(reader, at, { kind, type, length }) {
    const { view, littleEndian } = reader;
    const room = length * 8 - field.algorithms;
    return {
      kind,
      type,
      length,
      reserved: view.getUint32(at + field.reserved, littleEndian),
      algorithms: Array.from({ length: room / algorithmBytes }, (_, i) =>
        decodeAlgorithm(reader, at + field.algorithms + i * algorithmBytes),
      ),
    };
  },

  size: (extension) => field.algorithms + extension.algorithms.length * algorithmBytes,

  encode(writer, at, extension) {
    putUint32(writer, at + field.reserved, extension.reserved, "supported.reserved");
    let next = at + field.algorithms;
    for (const algorithm of extension.algorithms) {
      encodeAlgorithm(writer, next, algorithm);
      next += algorithmBytes;
    }
  },
};

function decodeAlgorithm({ view, littleEndian }: Reader, at: number): SupportedAlgorithm {
  return {
    id: view.getUint8(at + algorithmField.id),
    ivLength: view.getUint8(at + algorithmField.ivLength),
    minBits: view.getUint16(at + algorithmField.minBits, littleEndian),
    maxBits: view.getUint16(at + algorithmField.maxBits, littleEndian),
    reserved: view.getUint16(at + algorithmField.reserved, littleEndian),
  };
}

function encodeAlgorithm(writer: Writer, at: number, algorithm: SupportedAlgorithm): void {
  putUint8(writer, at + algorithmField.id, algorithm.id, "algorithm.id");
  putUint8(writer, at + algorithmField.ivLength, algorithm.ivLength, "algorithm.ivLength");
  putUint16(writer, at + algorithmField.minBits, algorithm.minBits, "algorithm.minBits");
  putUint16(writer, at + algorithmField.maxBits, algorithm.maxBits, "algorithm.maxBits");
  putUint16(writer, at + algorithmField.reserved, algorithm.reserved, "algorithm.reserved");
}
