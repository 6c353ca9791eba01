/** Stands for the text of a key. */
export const MASK = "(key)";

/** No more of a word is shown. */
const LONGEST_SHOWN = 64;

/** A word in quotes, for an error; a secret is masked. */
export function shown(text: string, secret = looksLikeKey(text)): string {
  if (secret) return MASK;
  return JSON.stringify(text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}...` : text);
}

/** Whether a word that stands where it should not may be a key, or what is left of one: so many hexadecimal digits or more. */
export function looksLikeKey(text: string, least = 8): boolean {
  const digits = /^(?:0[xX])?([0-9a-fA-F]+)(?:\/.*)?$/s.exec(text)?.[1] ?? "";
  return digits.length >= least;
}

/** `a`, `a or b`, `a, b or c`. */
export function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** A hint to add to a message. */
export function hint(suggestion: string | undefined): string {
  return suggestion === undefined ? "" : ` Did you mean ${suggestion}?`;
}
