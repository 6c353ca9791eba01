import { completions } from "@keysock/setkey-grammar";

/**
 * What TAB offers, as the line editor wants it: the words that may stand at the end of a text, and the part of one that
 * is there already. A word that is the only one has a blank behind it.
 *
 * @param text - of the statement, up to the cursor
 */
export function complete(text: string): [words: string[], begun: string] {
  const { begun, words } = completions(text);
  const [only, ...others] = words;
  if (only !== undefined && others.length === 0 && /\w$/.test(only)) return [[`${only} `], begun];
  return [words.sort(), begun];
}
