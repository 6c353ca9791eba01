const blank = /[ \t]/;

/**
 * A text as one word of ipseckey: quoted where it has blanks. A quote in the midst of a word belongs to it and begins what
 * may have blanks; the next one ends the word. Nothing can be escaped, so that not every text can be a word.
 *
 * @returns undefined where it cannot
 */
export function quoted(text: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a line end would end the command, and a name has no others
  if (/[\x00-\x08\x0a-\x1f\x7f]/.test(text) || blank.test(text.charAt(0))) return undefined;
  const quote = text.indexOf('"');
  if (quote < 0) return text === "" || blank.test(text) ? `"${text}"` : text;
  const before = text.slice(0, quote);
  const after = text.slice(quote + 1);
  const possible =
    before !== "" && !blank.test(before) && !after.includes('"') && !blank.test(after.charAt(0));
  return possible ? `${text}"` : undefined;
}
