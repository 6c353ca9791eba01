import type { Position } from "./statement.ts";

/** The longest statement that is read, in bytes, the comments in it included. */
export const STATEMENT_LIMIT = 1 << 20;

/**
 * A statement that does not end within `STATEMENT_LIMIT` bytes. Nothing behind it can be read.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseScript, STATEMENT_LIMIT, StatementTooLongError } from "@keysock/setkey-grammar";
 *
 * assert.throws(() => [...parseScript(["x".repeat(STATEMENT_LIMIT + 1)])], StatementTooLongError);
 * ```
 */
export class StatementTooLongError extends Error {
  override readonly name = "StatementTooLongError";
  /** Where the statement begins. */
  readonly position: Position;

  constructor(position: Position) {
    super(`statement of more than ${STATEMENT_LIMIT} bytes: no ";" found`);
    this.position = position;
  }
}
