import type { Lexer } from "moo";
import { createLexer, skippedTypes } from "./lexer.ts";
import { createParser, type Expected, type TokenParser } from "./parser.ts";
import compiledPolicy from "./policy.generated.ts";
import { createPolicyLexer } from "./policy-lexer.ts";
import compiled from "./setkey.generated.ts";
import { fittingWords } from "./suggest.ts";

const parser: TokenParser<unknown, ScannedWord> = createParser(compiled);
const policyParser: TokenParser<unknown, ScannedWord> = createParser(compiledPolicy);

/** What may come next in a text. */
export interface Completions {
  /** The part of a word at the end of the text; empty where none is begun. */
  begun: string;
  /**
   * The words that begin so and may stand there, in no special order. One behind which only a certain mark may follow has it on:
   * `tunnel/`; but for the `;` that ends a statement, which is for people to set.
   */
  words: string[];
}

/** A token with what the parsers look at. */
interface ScannedWord {
  type: string;
  text: string;
  value: string;
  offset: number;
  index: number;
}

/**
 * The words of the language that may come at the end of a text: the keywords, flags, and names of protocols and algorithms that
 * the grammar of the default face has a place for there. There are none in a comment or a quoted string, nor where something
 * is to stand that is no word of the language (an address, a number, a key), nor behind an error.
 *
 * @param text - What stands before the cursor; statements that are whole make no difference.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { completions } from "@keysock/setkey-grammar";
 *
 * assert.deepEqual(completions("flush; spdd").words, ["spddelete", "spddump"]);
 * assert.deepEqual(completions("add 10.0.0.1 10.0.0.2 esp 0x1000 -E ca"), {
 *   begun: "ca",
 *   words: ["cast128-cbc", "camellia-cbc"],
 * });
 * assert.deepEqual(completions("spdadd 10.0.0.1 10.0.0.2 any -P out ipsec esp/t").words, ["transport", "tunnel/"]);
 * ```
 */
export function completions(text: string): Completions {
  const partOfWord = policyIn(lastStatement(text)) === undefined ? /[A-Za-z0-9:%._-]*$/ : /[A-Za-z0-9:%._]*$/;
  const begun = partOfWord.exec(text)![0];
  const before = text.slice(0, text.length - begun.length);
  const words = fittingWords(expectedBehind(before)).filter((word) => isWord(word) && word.startsWith(begun));
  return { begun, words: words.map((word) => word + markBehind(before + word)) };
}

const isWord = (text: string): boolean => /\w/.test(text);

/** The mark inside of a statement that must follow; empty where anything else may. */
function markBehind(text: string): string {
  const expected = expectedBehind(text);
  const [mark, ...others] = fittingWords(expected);
  const only = others.length === 0 && expected.every(({ literal }) => literal !== undefined);
  return mark !== undefined && only && !isWord(mark) && mark !== ";" ? mark : "";
}

function expectedBehind(text: string): Expected[] {
  const tokens = lastStatement(text);
  if (tokens.at(-1)?.type === "comment") return [];
  const policy = policyIn(tokens);
  if (policy === undefined) return parser.expectedBehind(significant(tokens)) ?? [];
  const fits = parser.expectedBehind(significant(policy.before)) !== undefined;
  const policyTokens = scan(createPolicyLexer({}), text.slice(policy.offset));
  if (!fits || policyTokens.at(-1)?.type === "comment") return [];
  return policyParser.expectedBehind(significant(policyTokens)) ?? [];
}

/** Everything that the scanner makes of the statement that has not ended yet. */
function lastStatement(text: string): ScannedWord[] {
  const tokens = scan(createLexer({}), text);
  return tokens.slice(tokens.findLastIndex(({ type }) => type === ";") + 1);
}

/** Where the policy begins and what comes before it, its flag included; undefined: the text has not got so far. */
function policyIn(tokens: ScannedWord[]): { before: ScannedWord[]; offset: number } | undefined {
  const first = tokens.findIndex(({ type, text }) => type === "flag" && text === "-P") + 1;
  const begin = tokens[first];
  if (first === 0 || begin === undefined) return undefined;
  return { before: tokens.slice(0, first), offset: begin.offset };
}

function scan(lexer: Lexer, text: string): ScannedWord[] {
  lexer.reset(text);
  return Array.from(lexer as Iterable<unknown>) as ScannedWord[];
}

const significant = (tokens: ScannedWord[]): ScannedWord[] =>
  tokens.filter(({ type }) => !skippedTypes.has(type)).map((token, index) => Object.assign(token, { index }));
