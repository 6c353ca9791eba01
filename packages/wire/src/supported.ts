/**
 * `struct sadb_supported` with its `struct sadb_alg`s, extensions 14 and 15 (RFC 2367 section 2.3.8; net/pfkeyv2.h of
 * illumos, where two fields stand in the place of sadb_alg_reserved).
 */
import type { ExtensionHeader } from "./extension.ts";
import type { Reader, Structure } from "./structure.ts";
import { putUint8, putUint16, putUint32, refuseAllBut0, type Writer } from "./writer.ts";

const field = { reserved: 4, algorithms: 8 } as const;
const algorithmField = { id: 0, ivLength: 1, minBits: 2, maxBits: 4, spare: 6 } as const;
const illumosField = { increment: 6, saltBits: 7 } as const;
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
  /** 0 on illumos, which has the two fields below instead. */
  reserved: number;
  /** Bits from one size of the key to the next; illumos only, where none is 0. */
  increment?: number;
  /** Bits of salt that a key needs besides its own; illumos only, where none is 0. */
  saltBits?: number;
}

/** The two bytes that RFC 2367 reserves. */
interface Spare {
  decode(reader: Reader, at: number): Pick<SupportedAlgorithm, "reserved" | "increment" | "saltBits">;
  encode(writer: Writer, at: number, algorithm: SupportedAlgorithm): void;
}

const reservedSpare: Spare = {
  decode: ({ view, littleEndian }, at) => ({
    reserved: view.getUint16(at + algorithmField.spare, littleEndian),
  }),

  encode(writer, at, { reserved, increment = 0, saltBits = 0 }) {
    putUint16(writer, at + algorithmField.spare, reserved, "algorithm.reserved");
    refuseAllBut0(increment, "algorithm.increment");
    refuseAllBut0(saltBits, "algorithm.saltBits");
  },
};

const illumosSpare: Spare = {
  decode: ({ view }, at) => ({
    reserved: 0,
    increment: view.getUint8(at + illumosField.increment),
    saltBits: view.getUint8(at + illumosField.saltBits),
  }),

  encode(writer, at, { reserved, increment = 0, saltBits = 0 }) {
    refuseAllBut0(reserved, "algorithm.reserved");
    putUint8(writer, at + illumosField.increment, increment, "algorithm.increment");
    putUint8(writer, at + illumosField.saltBits, saltBits, "algorithm.saltBits");
  },
};

const structureOf = (spare: Spare): Structure<SupportedExtension> => ({
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
        decodeAlgorithm(reader, at + field.algorithms + i * algorithmBytes, spare),
      ),
    };
  },

  size: (extension) => field.algorithms + extension.algorithms.length * algorithmBytes,

  encode(writer, at, extension) {
    putUint32(writer, at + field.reserved, extension.reserved, "supported.reserved");
    let next = at + field.algorithms;
    for (const algorithm of extension.algorithms) {
      encodeAlgorithm(writer, next, algorithm, spare);
      next += algorithmBytes;
    }
  },
});

export const supported = structureOf(reservedSpare);

export const illumosSupported = structureOf(illumosSpare);

function decodeAlgorithm(reader: Reader, at: number, spare: Spare): SupportedAlgorithm {
  const { view, littleEndian } = reader;
  return {
    id: view.getUint8(at + algorithmField.id),
    ivLength: view.getUint8(at + algorithmField.ivLength),
    minBits: view.getUint16(at + algorithmField.minBits, littleEndian),
    maxBits: view.getUint16(at + algorithmField.maxBits, littleEndian),
    ...spare.decode(reader, at),
  };
}

function encodeAlgorithm(writer: Writer, at: number, algorithm: SupportedAlgorithm, spare: Spare): void {
  putUint8(writer, at + algorithmField.id, algorithm.id, "algorithm.id");
  putUint8(writer, at + algorithmField.ivLength, algorithm.ivLength, "algorithm.ivLength");
  putUint16(writer, at + algorithmField.minBits, algorithm.minBits, "algorithm.minBits");
  putUint16(writer, at + algorithmField.maxBits, algorithm.maxBits, "algorithm.maxBits");
  spare.encode(writer, at, algorithm);
}
