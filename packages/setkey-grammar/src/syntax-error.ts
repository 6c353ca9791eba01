import type { Position, Statement } from "./statement.ts";

/** What is known of a place where a statement stops being one. */
export interface SyntaxProblem {
  position: Position;
  scannerLine: number;
  at: string;
  found: string;
  sourceLine: string;
  expected: readonly string[];
  fatal: boolean;
  suggestion?: string | undefined;
  begun?: Statement | undefined;
}

/**
 * A text that is no statement of setkey. Its message quotes what was found, and never a key.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseStatement, SetkeySyntaxError } from "@keysock/setkey-grammar";
 *
 * try {
 *   parseStatement('add 10.0.0.1 10.0.0.2 esp 300 -E aes-cbd "0123456789abcdef";');
 * } catch (error) {
 *   assert(error instanceof SetkeySyntaxError);
 *   assert.equal(error.position.column, 34);
 *   assert.equal(error.message, '"aes-cbd" found: expected null, simple or an encryption algorithm; did you mean aes-cbc?');
 * }
 * ```
 */
export class SetkeySyntaxError extends Error {
  override readonly name = "SetkeySyntaxError";
  /** Where what was found begins. */
  readonly position: Position;
  /** The line on which the scanner stood: ipsec-tools' `line N`. */
  readonly scannerLine: number;
  /** What ipsec-tools shows after `at`; unless compatible with it, keys are masked. */
  readonly at: string;
  /** What was found, quoted or in words; a key is masked. */
  readonly found: string;
  /** The line on which it stands, as `sourceLine` gives it: keys starred out. */
  readonly sourceLine: string;
  /** What would have fitted: words of the language as they are, other things in plain words. */
  readonly expected: readonly string[];
  /** The text cannot be scanned: ipsec-tools says `Syntax error` and ends at once, even where it otherwise goes on. */
  readonly fatal: boolean;
  /** The word that was meant, if it looks like one. */
  readonly suggestion: string | undefined;

  /**
   * What the statement says before that, with an ending that says nothing: ipsec-tools checks the meaning of each part as soon as it
   * has read it. Its tokens that do not stand in the text are `missing`. Only with `compat`, and where enough has been said.
   */
  readonly begun: Statement | undefined;

  constructor(problem: SyntaxProblem) {
    const { position, scannerLine, at, found, sourceLine, expected, fatal, suggestion, begun } = problem;
    super(
      `${found} found: expected ${alternatives(expected)}${suggestion === undefined ? "" : `; did you mean ${suggestion}?`}`,
    );
    this.position = position;
    this.scannerLine = scannerLine;
    this.at = at;
    this.found = found;
    this.sourceLine = sourceLine;
    this.expected = expected;
    this.fatal = fatal;
    this.suggestion = suggestion;
    this.begun = begun;
  }
}

function alternatives(words: readonly string[]): string {
  const shown = words.map((word) => (word.length === 1 ? `"${word}"` : word));
  return shown.length < 2 ? shown.join() : `${shown.slice(0, -1).join(", ")} or ${shown.at(-1)}`;
}
