import type { Token } from "./statement.ts";

/**
 * The text that ipsec-tools shows after `at` when this token is the last that it has scanned: that of a quoted string without its
 * quotes, of an illegal character that character alone, and right after a policy the policy's text too. Empty at the end of the
 * input. Keys are not masked.
 *
 * @param index - Of the token; undefined: the end of the input.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { originalText, parseStatement } from "@keysock/setkey-grammar";
 *
 * const { tokens } = parseStatement("spdadd 10.0.0.1 10.0.0.2 any -P out none;");
 * assert.equal(originalText(tokens, 5), " out none");
 * assert.equal(originalText(tokens, 6), " out none;");
 * ```
 */
export function originalText(tokens: readonly Token[], index: number | undefined): string {
  const token = index === undefined ? undefined : tokens[index];
  if (token === undefined) return "";
  if (token.type === "openQuote") return '"';
  const before = tokens[index! - 1];
  // The scanner keeps a policy's text and adds the token that ends it.
  return before?.type === "policy" && touches(before, token) ? before.text + token.text : token.text;
}

/**
 * The line on which ipsec-tools' scanner stands after that token: its `line N`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseStatement, scannerLine } from "@keysock/setkey-grammar";
 *
 * const { tokens } = parseStatement("spdadd 10.0.0.1 10.0.0.2 any -P out\nnone;");
 * assert.equal(tokens[5]?.position.line, 1);
 * assert.equal(scannerLine(tokens[5]!), 2);
 * ```
 */
export function scannerLine({ type, text, position }: Token): number {
  return type === "policy" ? position.line + text.split("\n").length - 1 : position.line;
}

/** No comment between them. */
function touches(before: Token, token: Token): boolean {
  return before.position.offset + before.text.length === token.position.offset;
}
