/**
 * The language of setkey(8): text to statements.
 *
 * @packageDocumentation
 */
export { type Completions, completions } from "./completions.ts";
export type { FaceOptions } from "./face.ts";
export { interactiveStatements } from "./interactive-statements.ts";
export { mayHoldKey } from "./may-hold-key.ts";
export { originalText, scannerLine } from "./original-text.ts";
export { parsePolicy } from "./parse-policy.ts";
export { parseScript, parseStatement } from "./parse-script.ts";
export { holdsKey } from "./secret.ts";
export { sourceLine } from "./source-line.ts";
export type * from "./statement.ts";
export { createStatementReader, type ReadOptions, type StatementReader } from "./statement-reader.ts";
export { STATEMENT_LIMIT, StatementTooLongError } from "./statement-too-long-error.ts";
export { SetkeySyntaxError, type SyntaxProblem } from "./syntax-error.ts";
