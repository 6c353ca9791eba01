/**
 * `struct sadb_prop` with its `struct sadb_x_ecomb`s and their `struct sadb_x_algdesc`s, extension 18 of illumos
 * (net/pfkeyv2.h).
 */
import type { ExtensionHeader } from "./extension.ts";
import { endOf, type Reader, report, type Structure } from "./structure.ts";
import { putUint8, putUint16, putUint32, putUint64, type Writer } from "./writer.ts";

const field = { replay: 4, reserved: 5, combinationCount: 6, combinations: 8 } as const;
const combinationField = {
  algorithmCount: 0,
  reserved1: 1,
  flags: 2,
  reserved2: 4,
  softAllocations: 8,
  hardAllocations: 12,
  softBytes: 16,
  hardBytes: 24,
  softAddTime: 32,
  hardAddTime: 40,
  softUseTime: 48,
  hardUseTime: 56,
  algorithms: 64,
} as const;
const algorithmField = {
  saType: 0,
  algorithmType: 1,
  algorithm: 2,
  saltBits: 3,
  minBits: 4,
  maxBits: 6,
} as const;
const algorithmBytes = 8;

/** What a kernel asks of key management in an ACQUIRE, for all SA types together. */
export interface ExtendedProposalExtension extends ExtensionHeader {
  kind: "extendedProposal";
  replay: number;
  reserved: number;
  combinations: readonly ExtendedCombination[];
}

/** One acceptable combination of algorithms with lifetimes. */
export interface ExtendedCombination {
  reserved1: number;
  flags: number;
  reserved2: number;
  softAllocations: number;
  hardAllocations: number;
  softBytes: bigint;
  hardBytes: bigint;
  softAddTime: bigint;
  hardAddTime: bigint;
  softUseTime: bigint;
  hardUseTime: bigint;
  algorithms: readonly ProposedAlgorithm[];
}

/** One algorithm of a combination with the range of its key. */
export interface ProposedAlgorithm {
  /** Number of the dialect. */
  saType: number;
  /** One of {@link AlgorithmType}. */
  algorithmType: number;
  /** Number among those of its type. */
  algorithm: number;
  saltBits: number;
  minBits: number;
  maxBits: number;
}

/** SADB_X_ALGTYPE_*: what an algorithm is for. */
export const AlgorithmType = { none: 0, authentication: 1, encryption: 2, compression: 3 } as const;

export const extendedProposal: Structure<ExtendedProposalExtension> = {
  minimum: field.combinations,

  decode(reader, at, { kind, type, length }) {
    const { view, littleEndian } = reader;
    const count = view.getUint16(at + field.combinationCount, littleEndian);
    const combinations = decodeCombinations(reader, at + field.combinations, endOf(at, length), count);
    if (combinations === undefined) return undefined;
    return {
      kind,
      type,
      length,
      replay: view.getUint8(at + field.replay),
      reserved: view.getUint8(at + field.reserved),
      combinations,
    };
  },

  size({ combinations }) {
    let size: number = field.combinations;
    for (const combination of combinations) size += combinationSize(combination);
    return size;
  },

  encode(writer, at, { replay, reserved, combinations }) {
    putUint8(writer, at + field.replay, replay, "extendedProposal.replay");
    putUint8(writer, at + field.reserved, reserved, "extendedProposal.reserved");
    putUint16(
      writer,
      at + field.combinationCount,
      combinations.length,
      "extendedProposal.combinations.length",
    );
    let next = at + field.combinations;
    for (const combination of combinations) {
      encodeCombination(writer, next, combination);
      next += combinationSize(combination);
    }
  },
};

const combinationSize = ({ algorithms }: ExtendedCombination): number =>
  combinationField.algorithms + algorithms.length * algorithmBytes;

/** As many as `count` says, or undefined where they do not fit: then all of them stay raw, or the count would be lost. */
function decodeCombinations(
  reader: Reader,
  at: number,
  end: number,
  count: number,
): ExtendedCombination[] | undefined {
  const combinations: ExtendedCombination[] = [];
  let next = at;
  while (combinations.length < count) {
    const room = end - next;
    const algorithmCount =
      room < combinationField.algorithms ? 0 : reader.view.getUint8(next + combinationField.algorithmCount);
    const size = combinationField.algorithms + algorithmCount * algorithmBytes;
    if (size > room) {
      return report(
        reader,
        "extended-proposal-length",
        next,
        `combination ${combinations.length + 1} of ${count} needs ${size} bytes and has ${room}`,
      );
    }
    combinations.push(decodeCombination(reader, next));
    next += size;
  }
  return combinations;
}

function decodeCombination(reader: Reader, at: number): ExtendedCombination {
  const { view, littleEndian } = reader;
  const uint32 = (offset: number) => view.getUint32(at + offset, littleEndian);
  const uint64 = (offset: number) => view.getBigUint64(at + offset, littleEndian);
  return {
    reserved1: view.getUint8(at + combinationField.reserved1),
    flags: view.getUint16(at + combinationField.flags, littleEndian),
    reserved2: uint32(combinationField.reserved2),
    softAllocations: uint32(combinationField.softAllocations),
    hardAllocations: uint32(combinationField.hardAllocations),
    softBytes: uint64(combinationField.softBytes),
    hardBytes: uint64(combinationField.hardBytes),
    softAddTime: uint64(combinationField.softAddTime),
    hardAddTime: uint64(combinationField.hardAddTime),
    softUseTime: uint64(combinationField.softUseTime),
    hardUseTime: uint64(combinationField.hardUseTime),
    algorithms: Array.from({ length: view.getUint8(at + combinationField.algorithmCount) }, (_, i) =>
      decodeAlgorithm(reader, at + combinationField.algorithms + i * algorithmBytes),
    ),
  };
}

function decodeAlgorithm({ view, littleEndian }: Reader, at: number): ProposedAlgorithm {
  return {
    saType: view.getUint8(at + algorithmField.saType),
    algorithmType: view.getUint8(at + algorithmField.algorithmType),
    algorithm: view.getUint8(at + algorithmField.algorithm),
    saltBits: view.getUint8(at + algorithmField.saltBits),
    minBits: view.getUint16(at + algorithmField.minBits, littleEndian),
    maxBits: view.getUint16(at + algorithmField.maxBits, littleEndian),
  };
}

function encodeCombination(writer: Writer, at: number, combination: ExtendedCombination): void {
  const { algorithms } = combination;
  putUint8(writer, at + combinationField.algorithmCount, algorithms.length, "combination.algorithms.length");
  putUint8(writer, at + combinationField.reserved1, combination.reserved1, "combination.reserved1");
  putUint16(writer, at + combinationField.flags, combination.flags, "combination.flags");
  for (const name of uint32Fields) {
    putUint32(writer, at + combinationField[name], combination[name], `combination.${name}`);
  }
  for (const name of uint64Fields) {
    putUint64(writer, at + combinationField[name], combination[name], `combination.${name}`);
  }
  for (const [i, algorithm] of algorithms.entries()) {
    encodeAlgorithm(writer, at + combinationField.algorithms + i * algorithmBytes, algorithm);
  }
}

function encodeAlgorithm(writer: Writer, at: number, algorithm: ProposedAlgorithm): void {
  for (const name of ["saType", "algorithmType", "algorithm", "saltBits"] as const) {
    putUint8(writer, at + algorithmField[name], algorithm[name], `algorithm.${name}`);
  }
  for (const name of ["minBits", "maxBits"] as const) {
    putUint16(writer, at + algorithmField[name], algorithm[name], `algorithm.${name}`);
  }
}

const uint32Fields = ["reserved2", "softAllocations", "hardAllocations"] as const;
const uint64Fields = [
  "softBytes",
  "hardBytes",
  "softAddTime",
  "hardAddTime",
  "softUseTime",
  "hardUseTime",
] as const;
