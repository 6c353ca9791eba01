import { isSecret, starredKeys } from "./secret.ts";
import type { Token } from "./statement.ts";

/**
 * A line of a statement as it stood in the source, as far as its tokens tell: each in its column, with whatever may be a
 * key starred out. Comments and kinds of blanks are lost.
 *
 * @param line - as tokens count it
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseStatement, sourceLine } from "@keysock/setkey-grammar";
 *
 * const { tokens } = parseStatement('add 10.0.0.1 10.0.0.2 ah 300\n\t-A hmac-md5 "0123456789abcdef";');
 * assert.equal(sourceLine(tokens, 2), ' -A hmac-md5 "****************";');
 * ```
 */
export function sourceLine(tokens: readonly Token[], line: number): string {
  let text = "";
  for (const [index, { position }] of tokens.entries()) {
    for (const [i, piece] of shownPieces(tokens, index).entries()) {
      if (position.line + i === line) text = text.padEnd(i === 0 ? position.column - 1 : 0) + piece;
    }
  }
  return text;
}

/** What is shown of a token on each of its lines. */
function shownPieces(tokens: readonly Token[], index: number): string[] {
  const { type, text } = tokens[index]!;
  if (type === "openQuote") return ['"'];
  if (isSecret(tokens, index)) {
    const stars = text.replace(/[^\n]/g, "*");
    return (type === "quoted" ? `"${stars}"` : stars).split("\n");
  }
  // Whoever points at a column counts a TAB as one.
  const shown = type === "policy" ? starredKeys(text).replace(/[^\S\n]/g, " ") : text;
  return shown.split("\n");
}
