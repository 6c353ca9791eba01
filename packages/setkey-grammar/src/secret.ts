import type { Token } from "./statement.ts";
import { namesByType, nearest } from "./suggest.ts";

/** Stands for a text that may be a key. */
export const MASK = "(key)";

/** No more of a token is shown. */
const LONGEST_SHOWN = 64;

/** Words of the language, which are no part of a key even where one may stand. */
const plainTypes = new Set([";", "/", "[", "]", "keyword", "protocol", "flag", "numberFlag", "addressFlags"]);

/** A key that lost its `-E` or `-A`: more digits than any number of setkey has. Such a run stands in no IP address. */
const longHex = /0x[0-9a-f]{16,}|(?=[0-9]*[a-f])[0-9a-f]{16,}|[0-9]{21,}/gi;

/**
 * Whether that token may be a key or a part of one: any quoted string, and from `-E` or `-A` on everything but the words
 * of the language and the name of an algorithm, misspelt or not. A name with something glued to it is no misspelling: that
 * may be the key. Elsewhere, a number that is too long for anything else.
 */
export function isSecret(tokens: readonly Token[], index: number): boolean {
  const { type, text } = tokens[index]!;
  if (type === "quoted" || type === "openQuote") return true;
  if (plainTypes.has(type)) return false;
  if (type !== "policy" && holdsKey(text)) return true;
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

/**
 * Whether a key may stand in the text of a token, be it none of an algorithm: a policy whose `;` was forgotten runs on into the
 * next statement, and a key's flag may be missing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { holdsKey } from "@keysock/setkey-grammar";
 *
 * assert(holdsKey(" out none add 10.0.0.1 10.0.0.2 esp 0x1000 -E des-cbc 0x0102"));
 * assert(!holdsKey(" out ipsec esp/tunnel/10.0.0.1-10.0.0.2/require"));
 * ```
 */
export function holdsKey(text: string): boolean {
  return starredKeys(text) !== text;
}

/** A text with stars for what may be a key: quoted strings, long numbers, and behind `-E` or `-A` all but names of algorithms. */
export function starredKeys(text: string): string {
  let keyed = false;
  return text.replace(/"[^"\n]*"?|[^\s"]+/g, (word) => {
    if (word === "-E" || word === "-A") {
      keyed = true;
      return word;
    }
    if (keyed || word.startsWith('"')) return isAlgorithmName(word) ? word : stars(word);
    keyed = /^-[EA]/.test(word);
    return keyed ? stars(word) : starredNumbers(word);
  });
}

const starredNumbers = (text: string): string => text.replace(longHex, stars);

const stars = (text: string): string => "*".repeat(text.length);

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
