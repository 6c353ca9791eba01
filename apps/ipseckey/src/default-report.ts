import type { CommandProblem } from "@keysock/ipseckey-compiler";
import type { Command } from "@keysock/ipseckey-grammar";
import type { Program, Source } from "./program.ts";

/**
 * Says what is wrong with a command, or worth knowing, on standard error: where it is, what was found and what was expected. Where nobody
 * types, the number of the line follows.
 */
export function reportProblems(
  { io }: Program,
  source: Source,
  command: Command,
  problems: readonly CommandProblem[],
): void {
  for (const { line, column, severity, message } of problems) {
    const note = severity === "warning" && !message.startsWith("WARNING:") ? "WARNING: " : "";
    io.err(`ipseckey: ${placeOf(source, line, column)}${note}${message}\n`);
  }
  const fails = problems.some(({ severity }) => severity === "error");
  if (fails && isText(source)) io.err(`ipseckey: Parse error on line ${command.lastLine}.\n`);
}

/**
 * Says why a command was not, or not wholly, carried out.
 *
 * @param text - lines; those that name the program, or else the first, are told where the command is
 */
export function reportFailure({ io }: Program, source: Source, { position }: Command, text: string): void {
  const place = `ipseckey: ${placeOf(source, position.line)}`;
  const named = text.replaceAll(/^ipseckey: /gm, place);
  io.err(named === text && !text.startsWith("ipseckey: ") ? place + text : named);
}

/** Whether there are lines to be counted. */
const isText = ({ origin, typed }: Source): boolean => origin !== "shell" && !typed;

function placeOf(source: Source, ...place: number[]): string {
  return isText(source) ? `${[source.name, ...place].join(":")}: ` : "";
}
