/** One more than the largest value of strtoull(3). */
const TOO_LARGE = 1n << 64n;
/** Digits of the longest number, with the zeros that may lead it: more are not worth reading. */
const LONGEST_NUMBER = 256;

/**
 * The number that strtoull(3) with base 0 reads from a whole word: decimal, hexadecimal behind `0x`, octal behind `0`; a sign may
 * lead, and a negative number wraps round. Undefined: it is none, or one of more than 64 bits.
 */
export function parseNumber(text: string): bigint | undefined {
  if (text.length > LONGEST_NUMBER) return undefined;
  const found = /^[ \t\n\v\f\r]*([+-]?)(?:0[xX]([0-9a-fA-F]+)|(0[0-7]*)|([1-9][0-9]*))$/.exec(text);
  if (found === null) return undefined;
  const [, sign, hex, octal, decimal] = found;
  const value = BigInt(hex !== undefined ? `0x${hex}` : octal !== undefined ? `0o${octal}` : decimal!);
  if (value >= TOO_LARGE) return undefined;
  return sign === "-" ? BigInt.asUintN(64, -value) : value;
}

/** Whether a number of strtoull(3) fits into a field of that size, or is a small negative one. */
export function fits(value: bigint, bits: number): boolean {
  return value >> BigInt(bits) === 0n || BigInt.asIntN(bits, value) === BigInt.asIntN(64, value);
}
