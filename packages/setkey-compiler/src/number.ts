import type { Word } from "@keysock/setkey-grammar";
import { fail, type Scope, tokenOf } from "./scope.ts";

/** ULONG_MAX where a long has 64 bits: what strtoul(3) makes of any number above it. */
const unsignedLongMax = 0xffff_ffff_ffff_ffffn;

/** What a number may be. */
export interface NumberRule {
  /** Said when it is not. */
  message: string;
  min?: bigint;
  max: bigint;
  unit?: string;
  /** How many of its bits ipsec-tools sends, whatever else is written. */
  bits: number;
}

/** A number as written: by default it keeps to the rule; ipsec-tools cuts it to what the field holds. */
export function boundedNumber(scope: Scope, word: Word<string>, rule: NumberRule): bigint {
  const value = BigInt(word.value);
  if (scope.compat) return BigInt.asUintN(rule.bits, value > unsignedLongMax ? unsignedLongMax : value);
  const { min = 0n, max, message, unit = "" } = rule;
  if (value < min || value > max) {
    fail(scope, tokenOf(scope, word), { message, expected: `${min} to ${max}${unit}` });
  }
  return value;
}
