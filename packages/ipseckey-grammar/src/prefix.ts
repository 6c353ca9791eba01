import type { AddressAttribute } from "./command.ts";
import type { Face } from "./face.ts";
import type { Fault } from "./fault.ts";
import { shown } from "./shown.ts";

/** The largest value of a `long`. */
const LONG_MAX = 0x7fff_ffff_ffff_ffffn;

/** `10.0.0.0/8` to address and prefix length. */
export function splitPrefix(text: string): [address: string, prefix: string | undefined] {
  const slash = text.indexOf("/");
  return slash === -1 ? [text, undefined] : [text.slice(0, slash), text.slice(slash + 1)];
}

/** The address and its prefix length; in the default face a prefix length of 0 to 128, in the original one whatever strtol(3) gives. */
export function parsePrefixed(
  text: string,
  face: Face,
): { value: AddressAttribute["value"]; faults: Fault[] } {
  const [address, written] = splitPrefix(text);
  if (written === undefined) return { value: { text: address, prefix: undefined }, faults: [] };
  const length = face.original ? scannedLength(written) : strictLength(written);
  return {
    value: { text: address, prefix: { text: written, length } },
    faults: length === undefined ? [badPrefix(written)] : [],
  };
}

/** Whether the prefix length is more than strtol(3) can take. */
export function overflows(text: string): boolean {
  const [, written] = splitPrefix(text);
  return written !== undefined && scannedLength(written) === undefined;
}

function strictLength(text: string): number | undefined {
  return /^[0-9]{1,3}$/.test(text) && Number(text) <= 128 ? Number(text) : undefined;
}

/** What is no number is 0; what does not fit into eight bits wraps round. */
function scannedLength(text: string): number | undefined {
  const digits = /^[ \t\n\v\f\r]*([+-]?[0-9]+)/.exec(text)?.[1] ?? "0";
  // More digits than any `long` has.
  if (digits.length > 256) return undefined;
  const value = BigInt(digits.replace("+", ""));
  return value > LONG_MAX || value < -LONG_MAX - 1n ? undefined : Number(BigInt.asUintN(8, value));
}

const badPrefix = (written: string): Fault => ({
  code: "bad-prefix",
  report: "collected",
  original: `Invalid prefix /${written}.\n`,
  message: `Invalid prefix ${shown(`/${written}`)}.`,
  expected: ["a prefix length of 0 to 128"],
});
