/**
 * `struct sadb_prop` with its `struct sadb_comb`s, extension 13 (RFC 2367 section 2.3.7; net/pfkeyv2.h of illumos, where
 * the first byte of sadb_comb_reserved has a meaning).
 */
import type { ExtensionHeader } from "./extension.ts";
import { getUint24, type Reader, report, type Structure } from "./structure.ts";
import {
  putUint8,
  putUint16,
  putUint24,
  putUint32,
  putUint64,
  refuseAllBut0,
  type Writer,
} from "./writer.ts";

const field = { replay: 4, reserved: 5, combinations: 8 } as const;
const combinationField = {
  authentication: 0,
  encryption: 1,
  flags: 2,
  authenticationMinBits: 4,
  authenticationMaxBits: 6,
  encryptionMinBits: 8,
  encryptionMaxBits: 10,
  spare: 12,
  softAllocations: 16,
  hardAllocations: 20,
  softBytes: 24,
  hardBytes: 32,
  softAddTime: 40,
  hardAddTime: 48,
  softUseTime: 56,
  hardUseTime: 64,
} as const;
const illumosField = { saltBits: 12, reserved: 13 } as const;
const combinationBytes = 72;

/** What a kernel asks of key management in an ACQUIRE. */
export interface ProposalExtension extends ExtensionHeader {
  kind: "proposal";
  replay: number;
  /** 3 bytes as one number. */
  reserved: number;
  combinations: readonly Combination[];
}

/** One acceptable combination of algorithms, key sizes in bits and lifetimes. */
export interface Combination {
  authentication: number;
  encryption: number;
  flags: number;
  authenticationMinBits: number;
  authenticationMaxBits: number;
  encryptionMinBits: number;
  encryptionMaxBits: number;
  /** 4 bytes; on illumos 3 bytes as one number. */
  reserved: number;
  /** Bits of salt that the encryption key needs besides its own; illumos only, where none is 0. */
  saltBits?: number;
  softAllocations: number;
  hardAllocations: number;
  softBytes: bigint;
  hardBytes: bigint;
  softAddTime: bigint;
  hardAddTime: bigint;
  softUseTime: bigint;
  hardUseTime: bigint;
}

/** The four bytes that RFC 2367 reserves. */
interface Spare {
  decode(reader: Reader, at: number): Pick<Combination, "reserved" | "saltBits">;
  encode(writer: Writer, at: number, combination: Combination): void;
}

const reservedSpare: Spare = {
  decode: ({ view, littleEndian }, at) => ({
    reserved: view.getUint32(at + combinationField.spare, littleEndian),
  }),

  encode(writer, at, { reserved, saltBits = 0 }) {
    putUint32(writer, at + combinationField.spare, reserved, "combination.reserved");
    refuseAllBut0(saltBits, "combination.saltBits");
  },
};

const illumosSpare: Spare = {
  decode: ({ view }, at) => ({
    saltBits: view.getUint8(at + illumosField.saltBits),
    reserved: getUint24(view, at + illumosField.reserved),
  }),

  encode(writer, at, { reserved, saltBits = 0 }) {
    putUint8(writer, at + illumosField.saltBits, saltBits, "combination.saltBits");
    putUint24(writer, at + illumosField.reserved, reserved, "combination.reserved");
  },
};

const structureOf = (spare: Spare): Structure<ProposalExtension> => ({
  minimum: field.combinations,

  decode(reader, at, { kind, type, length }) {
    const { view } = reader;
    const room = length * 8 - field.combinations;
    const count = Math.floor(room / combinationBytes);
    if (count * combinationBytes !== room) {
      report(
        reader,
        "proposal-length",
        at,
        `${room} bytes of combinations are not a multiple of ${combinationBytes}`,
      );
    }
    return {
      kind,
      type,
      length,
      replay: view.getUint8(at + field.replay),
      reserved: getUint24(view, at + field.reserved),
      combinations: Array.from({ length: count }, (_, i) =>
        decodeCombination(reader, at + field.combinations + i * combinationBytes, spare),
      ),
    };
  },

  size: (extension) => field.combinations + extension.combinations.length * combinationBytes,

  encode(writer, at, extension) {
    putUint8(writer, at + field.replay, extension.replay, "proposal.replay");
    putUint24(writer, at + field.reserved, extension.reserved, "proposal.reserved");
    let next = at + field.combinations;
    for (const combination of extension.combinations) {
      encodeCombination(writer, next, combination, spare);
      next += combinationBytes;
    }
  },
});

export const proposal = structureOf(reservedSpare);

export const illumosProposal = structureOf(illumosSpare);

function decodeCombination(reader: Reader, at: number, spare: Spare): Combination {
  const { view, littleEndian } = reader;
  const uint16 = (offset: number) => view.getUint16(at + offset, littleEndian);
  const uint32 = (offset: number) => view.getUint32(at + offset, littleEndian);
  const uint64 = (offset: number) => view.getBigUint64(at + offset, littleEndian);
  return {
    authentication: view.getUint8(at + combinationField.authentication),
    encryption: view.getUint8(at + combinationField.encryption),
    flags: uint16(combinationField.flags),
    authenticationMinBits: uint16(combinationField.authenticationMinBits),
    authenticationMaxBits: uint16(combinationField.authenticationMaxBits),
    encryptionMinBits: uint16(combinationField.encryptionMinBits),
    encryptionMaxBits: uint16(combinationField.encryptionMaxBits),
    ...spare.decode(reader, at),
    softAllocations: uint32(combinationField.softAllocations),
    hardAllocations: uint32(combinationField.hardAllocations),
    softBytes: uint64(combinationField.softBytes),
    hardBytes: uint64(combinationField.hardBytes),
    softAddTime: uint64(combinationField.softAddTime),
    hardAddTime: uint64(combinationField.hardAddTime),
    softUseTime: uint64(combinationField.softUseTime),
    hardUseTime: uint64(combinationField.hardUseTime),
  };
}

function encodeCombination(writer: Writer, at: number, combination: Combination, spare: Spare): void {
  for (const name of ["authentication", "encryption"] as const) {
    putUint8(writer, at + combinationField[name], combination[name], `combination.${name}`);
  }
  for (const name of uint16Fields) {
    putUint16(writer, at + combinationField[name], combination[name], `combination.${name}`);
  }
  spare.encode(writer, at, combination);
  for (const name of uint32Fields) {
    putUint32(writer, at + combinationField[name], combination[name], `combination.${name}`);
  }
  for (const name of uint64Fields) {
    putUint64(writer, at + combinationField[name], combination[name], `combination.${name}`);
  }
}

const uint16Fields = [
  "flags",
  "authenticationMinBits",
  "authenticationMaxBits",
  "encryptionMinBits",
  "encryptionMaxBits",
] as const;
const uint32Fields = ["softAllocations", "hardAllocations"] as const;
const uint64Fields = [
  "softBytes",
  "hardBytes",
  "softAddTime",
  "hardAddTime",
  "softUseTime",
  "hardUseTime",
] as const;
