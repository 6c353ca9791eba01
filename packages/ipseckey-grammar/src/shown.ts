/** Stands for the text of a key. */
export const MASK = "(key)";

/** No more of a word is shown. */
const LONGEST_SHOWN = 64;

/** A word in quotes, for an error; a secret is masked. */
export function shown(text: string, secret = looksLikeKey(text)): string {
  if (secret) return MASK;
  return JSON.stringify(text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}...` : text);
}

/** As many hexadecimal digits in a row, wherever in a word they stand, may be a key. */
const RUN_OF_A_KEY = 8;

/**
 * Whether a word that stands where it should not may be a key, or hold one: that many hexadecimal digits or more, or a
 * long run of them in a word that lost its blanks or was begun by a wrong quote.
 */
export function looksLikeKey(text: string, least = RUN_OF_A_KEY): boolean {
  const digits = /^(?:0[xX])?([0-9a-fA-F]+)(?:\/.*)?$/s.exec(text)?.[1] ?? "";
  if (digits.length >= least) return true;
  return (text.match(/[0-9a-fA-F]+/g) ?? []).some((run) => run.length >= Math.max(least, RUN_OF_A_KEY));
}

/** `a`, `a or b`, `a, b or c`. */
export function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** A hint to add to a message. */
export function hint(suggestion: string | undefined): string {
  return suggestion === undefined ? "" : ` Did you mean ${suggestion}?`;
}
