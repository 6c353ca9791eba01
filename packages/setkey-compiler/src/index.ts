/**
 * Statements of setkey(8) to PF_KEY messages.
 *
 * @packageDocumentation
 */
export { type Compiled, compile } from "./compile.ts";
export type { CompileContext, Face } from "./context.ts";
export { explainRefusal } from "./refusals.ts";
export { type SaidFirst, saidFirst } from "./said-first.ts";
export { type Diagnostic, type Refusal, StatementError, type Warning } from "./statement-error.ts";
export { type KeyRange, type Supported, supportedFrom } from "./supported.ts";
