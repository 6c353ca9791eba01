import type { KeyValue } from "./command.ts";
import type { Face } from "./face.ts";
import type { Fault } from "./fault.ts";
import { MASK, shown } from "./shown.ts";

/** The most bits that a message can declare for a key: `sadb_key_bits` has 16. */
const MOST_BITS = 0xffff;

/** What was found of a key, in the original's order; undefined: no key. */
export interface ParsedKey {
  value: KeyValue | undefined;
  faults: Fault[];
}

/**
 * `hexdigits` or `hexdigits/bits`. Bits are counted from the first one on; without a count they are four for each digit, and the
 * digits are rounded up to an even number.
 */
export function parseKey(text: string, name: "authkey" | "encrkey", face: Face): ParsedKey {
  const [, digits = "", written] = /^(?:0[xX](?=.))?([^/]*)(?:\/(.*))?$/s.exec(text) ?? [];
  const bits = countBits(digits, written, face);
  if (bits === undefined) return { value: undefined, faults: [notACount(written ?? "")] };
  const isTooMany = written !== undefined && digitsFor(bits) > digits.length;
  const faults = isTooMany || (bits > MOST_BITS && !face.original) ? [tooManyBits(bits, digits)] : [];
  // The original says so, and sends what there is as a key of that many bits.
  if (faults.length > 0 && !face.original) return { value: undefined, faults };
  if (written !== undefined && digits.length * 4 > bits + 3) faults.push(truncatedBits(bits, digits));
  if (/^[0-9a-fA-F]*$/.test(digits)) {
    return { value: { bits, bytes: pack(digits, bits), digits: digits.length }, faults };
  }
  faults.push(notHexadecimal(digits));
  if (face.original) faults.push(invalidKey(name));
  return { value: undefined, faults };
}

const digitsFor = (bits: number): number => (bits + 3) >>> 2;

function countBits(digits: string, written: string | undefined, { original }: Face): number | undefined {
  if (written === undefined) return (digits.length + (digits.length % 2)) * 4;
  return original ? scannedCount(written) : strictCount(written);
}

/** High nibble first; the bits of the last byte that do not count are zero. */
function pack(digits: string, bits: number): Uint8Array {
  const kept = digits.slice(0, digitsFor(bits));
  const bytes = new Uint8Array((kept.length + 1) >>> 1);
  for (let i = 0; i < bytes.length; i += 1) {
    bytes[i] = Number.parseInt(kept.slice(2 * i, 2 * i + 2).padEnd(2, "0"), 16);
  }
  if (bytes.length > 0) bytes[bytes.length - 1]! &= 0xff << ((8 - (bits % 8)) % 8);
  return bytes;
}

const strictCount = (text: string): number | undefined =>
  /^[0-9]{1,9}$/.test(text) ? Number(text) : undefined;

/** scanf(3)'s %u: what follows the digits does not matter, and more than 32 bits wrap round. */
function scannedCount(text: string): number | undefined {
  const found = /^[ \t\n\v\f\r]*([+-]?[0-9]{1,256})/.exec(text);
  return found === null ? undefined : Number(BigInt.asUintN(32, BigInt(found[1]!.replace("+", ""))));
}

const notACount = (written: string): Fault => ({
  code: "not-a-bit-count",
  report: "fatal",
  original: `"${written}" is not a bit specifier.\n`,
  message: `${shown(written)} is not a bit specifier.`,
  expected: ["a decimal number of bits"],
  secret: true,
});

const tooManyBits = (bits: number, digits: string): Fault => ({
  code: "too-many-bits",
  report: "at once",
  original: `bit length ${bits | 0} is too big for ${digits}.`,
  message: `bit length ${bits} is too big for ${MASK} of ${digits.length} digits.`,
  expected: [`at most ${Math.min(digits.length * 4, MOST_BITS)} bits`],
  secret: true,
});

const truncatedBits = (bits: number, digits: string): Fault => ({
  code: "truncated-bits",
  severity: "warning",
  report: "at once",
  original: `WARNING: Lower bits will be truncated for:\n\t${digits}/${bits | 0}.\n`,
  message: `WARNING: Lower bits will be truncated for: ${MASK}/${bits}.`,
  secret: true,
});

const notHexadecimal = (digits: string): Fault => ({
  code: "not-hexadecimal",
  report: "at once",
  original: `string '${digits}' not a hex value.\n`,
  message: `string ${MASK} is not a hex string.`,
  expected: ["hexadecimal digits"],
  secret: true,
});

const invalidKey = (name: string): Fault => ({
  code: "invalid-key",
  report: "collected",
  original: `Invalid ${name === "encrkey" ? "encryption" : "authentication"} key.\n`,
  message: `Invalid ${name === "encrkey" ? "encryption" : "authentication"} key.`,
  secret: true,
});
