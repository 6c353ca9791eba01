import type { SaCommand } from "@keysock/ipseckey-grammar";
import { CommandError } from "./command-error.ts";
import type { CompileContext } from "./context.ts";
import { type CommandProblem, type Finding, problemAt } from "./problem.ts";

/** A command that is being read, and what has been found by now. */
export interface Reading {
  readonly command: SaCommand;
  readonly context: CompileContext;
  /** Whether illumos's rules hold. */
  readonly original: boolean;
  /** In the order of the attributes. */
  readonly problems: CommandProblem[];
}

/** What is read next: illumos goes on with the value of what it does not take. */
export type Next = "next attribute" | "the value as an attribute" | "nothing";

export function readingOf(command: SaCommand, context: CompileContext): Reading {
  const ofAttributes = new Set(command.attributes.flatMap(({ problems }) => problems));
  const problems = command.problems.filter((problem) => !ofAttributes.has(problem));
  return { command, context, original: context.face === "illumos", problems };
}

/** Notes a problem. */
export function note({ command, problems }: Reading, token: number | undefined, finding: Finding): void {
  problems.push(problemAt(command, token, finding));
}

/**
 * Gives up the command if something that has been noted makes an end of it.
 *
 * @param before - What is to be said before.
 * @returns all that is to be said
 * @throws CommandError
 */
export function settle({ problems, original }: Reading, before: readonly CommandProblem[]): CommandProblem[] {
  const noted = problems.splice(0);
  const all = [...before, ...(original ? asPrinted(noted) : noted)];
  if (drops(all, original)) throw new CommandError(all);
  return all;
}

/** Whether one of the problems makes an end of the command. */
export function drops(problems: readonly CommandProblem[], original: boolean): boolean {
  return problems.some(({ severity, report }) => (original ? report !== "at once" : severity === "error"));
}

/** Illumos prints what it says while it reads before what it collects, and a fatal problem makes it forget that. */
function asPrinted(problems: readonly CommandProblem[]): CommandProblem[] {
  const early = problems.filter(({ report }) => report !== "collected");
  if (early.some(({ report }) => report === "fatal")) return early;
  return [...early, ...problems.filter(({ report }) => report === "collected")];
}
