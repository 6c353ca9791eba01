import { isAlgorithmName } from "./secret.ts";
import { namesByType } from "./suggest.ts";
import { numberFlags, plainFlags, reservedWords, widerFlags, widerReservedWords } from "./words.ts";

const algorithms = new Set([...namesByType["encryption"]!, ...namesByType["authentication"]!]);

/** What may stand behind `-E` or `-A` beside the name of an algorithm and its key. */
const plainWords = new Set<string>([
  ...[...reservedWords.keys(), ...widerReservedWords.keys()],
  ...["-E", "-A", "-P", ...plainFlags, ...numberFlags, ...widerFlags],
]);

/** More digits than an SPI has; without 0x it may also be a number. */
const longHex = /0x[0-9a-f]{9,}|[0-9a-f]{16,}/i;

/**
 * Whether a key may stand in a text, be it a statement or not, in a comment or not: for whoever keeps texts where
 * no key may be. It rather says so too often: of each quoted string, of a hexadecimal number too long for an SPI, and of each
 * word behind `-E`, `-A` or the name of an algorithm that is not one of the language or nearly one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { mayHoldKey } from "@keysock/setkey-grammar";
 *
 * assert(mayHoldKey('add 10.0.0.1 10.0.0.2 esp 0x1000 -E des-cbc "ESP SA!!";'));
 * assert(!mayHoldKey("add 10.0.0.1 10.0.0.2 esp 0x1000 -E des-cbd"));
 * ```
 */
export function mayHoldKey(text: string): boolean {
  if (text.includes('"') || longHex.test(text)) return true;
  const words = text.split(/[\s;#]+/).filter((word) => word !== "");
  const first = words.findIndex((word) => /-[EA]/.test(word) || algorithms.has(word));
  return first !== -1 && words.slice(first).some((word) => !plainWords.has(word) && !isAlgorithmName(word));
}
