import type { Expected } from "./parser.ts";
import {
  authenticationNames,
  encryptionNames,
  numberFlags,
  widerAuthenticationNames,
  widerEncryptionNames,
} from "./words.ts";

/** Longer texts are no near miss of any word. */
const LONGEST_MISS = 32;
/** One typing error, or two in a word of some length. */
const mistakes = (word: string): number => (word.length > 5 ? 2 : 1);

/** Names that a type of token stands for. */
export const namesByType: Readonly<Record<string, readonly string[]>> = {
  encryption: [...encryptionNames, ...widerEncryptionNames, "null"],
  authentication: [...authenticationNames, ...widerAuthenticationNames, "null"],
  protocol: ["esp", "ah", "ipcomp", "esp-old", "ah-old", "tcp"],
  numberFlag: numberFlags,
  addressFlags: ["-4", "-6", "-n"],
};

/** The words of the language that would fit: those that are expected as they are, and the names that a type stands for. */
export function fittingWords(expected: readonly Expected[]): string[] {
  const words = expected.flatMap(({ literal, type = "" }) =>
    literal === undefined ? (namesByType[type] ?? []) : [literal],
  );
  return [...new Set(words)];
}

/** The word among the expected ones that somebody may have meant who wrote this one. */
export function suggest(found: string | undefined, expected: readonly Expected[]): string | undefined {
  return found === undefined ? undefined : nearest(found, fittingWords(expected));
}

/** The word that differs from the text by no more than a typing error or two. */
export function nearest(text: string, words: readonly string[]): string | undefined {
  if (text.length > LONGEST_MISS) return undefined;
  let nearestWord: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const word of words) {
    if (!/[a-z]/.test(word)) continue;
    const distance = typingErrors(text.toLowerCase(), word);
    if (distance < least && distance <= mistakes(word) && distance < word.length - 1) {
      nearestWord = word;
      least = distance;
    }
  }
  return nearestWord;
}

/** How many letters are wrong, missing, too many or swapped (optimal string alignment distance). */
function typingErrors(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const same = from[i - 1] === to[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
        cost = Math.min(cost, beforeLast[j - 2]! + 1);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[to.length]!;
}
