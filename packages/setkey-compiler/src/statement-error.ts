import { scannerLine, type Token } from "@keysock/setkey-grammar";

/** Something to be told about a statement. */
export interface Diagnostic {
  /** The text of ipsec-tools where it has one (`Invalid key length`), never with anything of a key in it. */
  message: string;
  /** What ipsec-tools shows after `at`: the token that its parser had read by then. */
  token: Token;
  /** The token that it is about. */
  culprit: Token;
}

/** The statement is compiled all the same. */
export interface Warning extends Diagnostic {}

/** Everything that is known of why a statement was refused. */
export interface Refusal extends Diagnostic {
  /** What should have stood there. */
  expected?: string;
  /** Why it cannot be had, or how it can, in a sentence. */
  reason?: string;
  /** The line of the source on which the culprit stands, keys starred out. */
  sourceLine?: string;
  /** The line that ipsec-tools prints on standard error beside its message. */
  remark?: string;
  /** ipsec-tools says nothing but `parse failed`. */
  silent?: boolean;
  /** What ipsec-tools prints before it: warnings, and the first of two errors. */
  before?: readonly Diagnostic[];
  /** The text of `token`, and of `culprit` where it is the same, is a key: only ipsec-tools' face shows it. */
  secret?: boolean;
}

/**
 * A statement that cannot become messages. Nothing of it has been sent.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { StatementError } from "@keysock/setkey-compiler";
 *
 * const token = { type: "decimal", text: "33", position: { line: 1, column: 15, offset: 14 } };
 * const error = new StatementError({
 *   message: "Invalid prefix length",
 *   token,
 *   culprit: token,
 *   expected: "0 to 32",
 * });
 * assert.equal(error.message, "Invalid prefix length");
 * assert.equal(error.expected, "0 to 32");
 * ```
 */
export class StatementError extends Error {
  override readonly name = "StatementError";
  readonly token: Token;
  readonly culprit: Token;
  readonly expected: string | undefined;
  readonly reason: string | undefined;
  readonly sourceLine: string | undefined;
  readonly remark: string | undefined;
  readonly silent: boolean;
  readonly before: readonly Diagnostic[];
  readonly secret: boolean;
  /** The line on which ipsec-tools' scanner stands by then: its `line N`. */
  readonly scannerLine: number;

  constructor(refusal: Refusal, options?: { cause: unknown }) {
    super(refusal.message, options);
    this.token = refusal.token;
    this.culprit = refusal.culprit;
    this.expected = refusal.expected;
    this.reason = refusal.reason;
    this.sourceLine = refusal.sourceLine;
    this.remark = refusal.remark;
    this.silent = refusal.silent ?? false;
    this.before = refusal.before ?? [];
    this.secret = refusal.secret ?? false;
    this.scannerLine = scannerLine(refusal.token);
  }
}
