import type { SetkeySyntaxError } from "@keysock/setkey-grammar";
import { compile } from "./compile.ts";
import type { CompileContext } from "./context.ts";
import { type Diagnostic, StatementError } from "./statement-error.ts";

/** What ipsec-tools says of a statement before it comes to its syntax error. */
export interface SaidFirst {
  warnings: readonly Diagnostic[];
  /** Said instead of the syntax error, because it reads no further. */
  refusal?: StatementError;
}

/**
 * What ipsec-tools finds wrong with the parts of a statement that stand before its syntax error: it checks each as soon as it has
 * read it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tableHost } from "@keysock/host";
 * import { saidFirst } from "@keysock/setkey-compiler";
 * import { parseStatement, SetkeySyntaxError } from "@keysock/setkey-grammar";
 * import { linux } from "@keysock/wire";
 *
 * try {
 *   parseStatement("add 10.0.0.1 10.0.0.2 ah-old 300 -r 4 bogus;", { compat: "ipsec-tools" });
 * } catch (error) {
 *   assert(error instanceof SetkeySyntaxError);
 *   const context = { host: tableHost(), dialect: linux, face: "ipsec-tools", forward: "rfc" } as const;
 *   const { refusal } = saidFirst(error, context);
 *   assert.equal(refusal?.message, "replay prevention cannot be used with ah/esp-old");
 * }
 * ```
 */
export function saidFirst({ begun }: SetkeySyntaxError, context: CompileContext): SaidFirst {
  if (begun === undefined) return { warnings: [] };
  try {
    return { warnings: compile(begun, context).warnings.filter(isOfText) };
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
    return isOfText(error) ? { warnings: [], refusal: error } : { warnings: error.before.filter(isOfText) };
  }
}

/** Whether it is about something that has been read, not about what is missing. */
const isOfText = ({ token }: Diagnostic): boolean => token.type !== "missing";
