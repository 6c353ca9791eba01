import type { FaceOptions } from "./face.ts";
import type { Statement, Token } from "./statement.ts";
import { type Cut, createStatementCutter } from "./statement-cutter.ts";
import { createStatementParser } from "./statement-parser.ts";

/** How a text is read. */
export interface ReadOptions extends FaceOptions {
  /** The number of the first line; 1 unless given. ipsec-tools' prompt counts none: 0. */
  firstLine?: number | undefined;
  /**
   * Each text pushed is a statement or an error by itself, as at ipsec-tools' prompt: no quoted string goes on in the next, and the
   * scanner begins it in the state in which it was left, even by an error.
   */
  separateTexts?: boolean | undefined;
}

/** Reads statements from a text that comes in pieces. */
export interface StatementReader {
  /** What has been begun and waits for more text, once `next` has returned undefined: what a prompt may show. */
  readonly unfinished: "statement" | "quoted string" | undefined;
  /** More of the text. */
  push(text: string): void;
  /** No more text comes: what is left is a statement or an error. */
  end(): void;
  /**
   * The next statement; undefined: there is no whole one. After an error it goes on behind the `;` of what was none.
   *
   * @throws SetkeySyntaxError
   * @throws StatementTooLongError
   */
  next(): Statement | undefined;
  /**
   * Says that the last statement was refused for its meaning when ipsec-tools had scanned no further than `token`. It matters with
   * `separateTexts`: after a wrong policy the scanner takes what comes next for a policy, too.
   */
  refused(token: Token): void;
}

/**
 * Reads statements from a text that comes in pieces: a file, a pipe, a terminal. It holds no more than the pieces not yet read and
 * one statement.
 *
 * Text is latin1, one character a byte, so that quoted keys keep their bytes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { createStatementReader } from "@keysock/setkey-grammar";
 *
 * const reader = createStatementReader();
 * reader.push("flush; dump ");
 * assert.equal(reader.next()?.kind, "flush");
 * assert.equal(reader.next(), undefined);
 * assert.equal(reader.unfinished, "statement");
 * reader.push("esp;");
 * assert.equal(reader.next()?.kind, "dump");
 * reader.end();
 * assert.equal(reader.next(), undefined);
 * ```
 */
export function createStatementReader(options: ReadOptions = {}): StatementReader {
  const { compat, firstLine = 1, separateTexts = false } = options;
  const cutter = createStatementCutter({ compat, firstLine });
  const parser = createStatementParser({ compat, keepState: separateTexts });
  const texts: Cut[] = [];
  let ended = false;

  const nextCut = (): Cut | undefined => cutter.next() ?? (ended ? cutter.rest() : undefined);

  return {
    get unfinished() {
      return cutter.unfinished;
    },
    push(text) {
      if (separateTexts) texts.push({ text, start: { line: firstLine, column: 1, offset: 0 } });
      else cutter.push(text);
    },
    end() {
      ended = true;
    },
    next() {
      const cut = separateTexts ? texts.shift() : nextCut();
      return cut && parser.parse(cut);
    },
    refused(token) {
      if (separateTexts) parser.stayIn(token.type === "policy" ? "policy" : "main");
    },
  };
}
