import type { Lexer } from "moo";
import { skippedTypes } from "./lexer.ts";
import type { ScannedToken } from "./scanned-token.ts";

/** What ends a statement of each kind that is cut off anywhere; it can be used from each of its tokens on. */
const endings: Readonly<Record<string, string>> = {
  add: "0.0.0.0 0.0.0.0 0 -E null;",
  get: "0.0.0.0 0.0.0.0 0;",
  delete: "0.0.0.0 0.0.0.0 0;",
  deleteall: "0.0.0.0 0.0.0.0;",
  spdadd: "0.0.0.0 0.0.0.0 any -P in;",
  spdupdate: "0.0.0.0 0.0.0.0 any -P in;",
  spddelete: "0.0.0.0 0.0.0.0 any -P in;",
};

/** More tokens are never without a meaning of their own: `-ctx 1 1`, `/ 24 [ 53`. */
const mostDropped = 4;

/** A statement that ends otherwise than it was written. */
export interface Begun<Draft> {
  draft: Draft;
  tokens: ScannedToken[];
  /** How many of the tokens are of the text; the others are `missing`. */
  kept: number;
}

/**
 * What a statement that stops being one says up to there, with an ending that says nothing. Tokens in the middle of something are
 * dropped.
 *
 * @param fitting - The tokens before the one that fits nowhere.
 */
export function begunStatement<Draft>(
  fitting: readonly ScannedToken[],
  lexer: Lexer,
  parse: (tokens: readonly ScannedToken[]) => Draft | undefined,
): Begun<Draft> | undefined {
  const ending = scan(lexer, endings[fitting[0]?.text ?? ""] ?? "");
  for (let kept = fitting.length; kept > 0 && kept >= fitting.length - mostDropped; kept--) {
    for (let from = 0; from < ending.length; from++) {
      const added = ending.slice(from).map((token, i) => ({ ...token, index: kept + i }));
      const tokens = [...fitting.slice(0, kept), ...added];
      const draft = parse(tokens);
      if (draft !== undefined) return { draft, tokens, kept };
    }
  }
  return undefined;
}

function scan(lexer: Lexer, text: string): ScannedToken[] {
  lexer.reset(text);
  const tokens = ([...lexer] as unknown as ScannedToken[]).filter(({ type }) => !skippedTypes.has(type));
  return tokens.map((token) => (token.type === "policy" ? { ...token, text: "" } : token));
}
