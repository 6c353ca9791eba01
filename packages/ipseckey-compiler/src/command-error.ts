import type { CommandProblem } from "./problem.ts";

/**
 * A command that cannot become messages. Nothing of it has been sent, but what a command sends to look first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tableHost } from "@keysock/host";
 * import { CommandError, compile } from "@keysock/ipseckey-compiler";
 * import { parseCommand } from "@keysock/ipseckey-grammar";
 * import { illumos } from "@keysock/wire";
 *
 * const command = parseCommand("get esp dst 192.0.2.2");
 * assert(command !== undefined);
 * assert.throws(
 *   () => compile(command, { host: tableHost(), dialect: illumos, face: "default" }),
 *   (error) => error instanceof CommandError && error.message === "Need SA parameters for get: spi and its number.",
 * );
 * ```
 */
export class CommandError extends Error {
  override readonly name = "CommandError";
  /** What is wrong, and what else was to be said of the command, in the order in which the face says it. At least one. */
  readonly problems: readonly CommandProblem[];

  constructor(problems: readonly CommandProblem[]) {
    super((problems.find(({ severity }) => severity === "error") ?? problems[0])?.message);
    this.problems = problems;
  }
}
