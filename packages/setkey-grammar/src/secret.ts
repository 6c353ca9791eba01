import type { Token } from "./statement.ts";
import { namesByType, nearest } from "./suggest.ts";

/** Stands for a text that may be a key. */
export const MASK = "(key)";

/** No more of a token is shown. */
const LONGEST_SHOWN = 64;

/** Words of the language, which are no part of a key even where one may stand. */
const plainTypes = new Set([";", "/", "[", "]", "keyword", "protocol", "flag", "numberFlag", "addressFlags"]);

/**
 * Whether that token may be a key or a part of one: any quoted string, and from `-E` or `-A` on everything but the words
 * of the language and the name of an algorithm, misspelt or not. A name with something glued to it is no misspelling: that
 * may be the key.
 */
export function isSecret(tokens: readonly Token[], index: number): boolean {
  const { type, text } = tokens[index]!;
  if (type === "quoted" || type === "openQuote") return true;
  if (plainTypes.has(type)) return false;
  const before = tokens[index - 1];
  if (isAlgorithmFlag(before)) return !isAlgorithmName(text);
  return tokens.slice(0, index).some(isAlgorithmFlag);
}

/** Whether a text is the name of an algorithm but for a typing error or two. */
export function isAlgorithmName(text: string): boolean {
  const names = ["simple", ...namesByType["encryption"]!, ...namesByType["authentication"]!];
  if (names.includes(text)) return true;
  return nearest(text, names) !== undefined && !names.some((name) => text.startsWith(name));
}

function isAlgorithmFlag(token: Token | undefined): boolean {
  return token?.type === "flag" && (token.text === "-E" || token.text === "-A");
}

/** A token in words. */
export function foundWords(token: Token | undefined, secret: boolean): string {
  if (token === undefined) return "end of input";
  if (token.type === "openQuote") return "a quoted string without its end";
  if (secret) return token.type === "illegal" ? "a character that stands for nothing" : MASK;
  const { text } = token;
  return JSON.stringify(text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}...` : text);
}
