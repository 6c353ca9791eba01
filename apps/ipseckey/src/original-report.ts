import type { CommandProblem } from "@keysock/ipseckey-compiler";
import type { Command } from "@keysock/ipseckey-grammar";
import { usageText } from "@keysock/ipseckey-printer";
import { Ending } from "./ending.ts";
import { ending } from "./exit-class.ts";
import type { Program, Source } from "./program.ts";

/** What today's original says of one command: some at once, the rest collected until it is printed. */
export interface OriginalReport {
  /**
   * Says a problem as its `report` asks for.
   *
   * @throws Ending
   */
  problem(problem: CommandProblem): void;
  /** Collects what the other end said. */
  collect(text: string): void;
  /** Whether something is collected. */
  readonly waits: boolean;
  /** Prints what is collected. */
  print(how?: { withoutContext: boolean }): void;
}

/** The report on a command. In a file it shows the command, keys and all. */
export function originalReport(
  program: Program,
  source: Source,
  { text, lastLine }: Pick<Command, "text" | "lastLine">,
): OriginalReport {
  const { io, service } = program;
  const context =
    source.origin === "file"
      ? `Config file entry near line ${lastLine} caused error(s) or warnings:\n\n${text}\n\n`
      : "";
  let collected = "";

  function print({ withoutContext } = { withoutContext: false }): void {
    // What a service prints is kept in a log.
    if (collected !== "" && service === undefined) io.out(`${withoutContext ? "" : context}${collected}\n`);
    collected = "";
  }

  return {
    get waits() {
      return collected !== "";
    },
    collect(text) {
      collected += text;
    },
    print,
    problem({ report, original, code }) {
      if (report === "silent") return;
      if (report === "standard error") {
        io.err(`ipseckey: ${original}\n`);
        if (code === "unknown-verb") usage(program, source);
      } else if (report === "ends") {
        if (code !== "not-from-shell") throw ending(program, "fatal", original);
        io.err(`ipseckey: ${original}\n`);
        throw new Ending(1);
      } else {
        collected += original;
        if (report !== "collected") print();
      }
    },
  };
}

/**
 * How the command is called; from the shell the program ends then.
 *
 * @throws Ending
 */
export function usage(program: Program, { origin }: Pick<Source, "origin">): void {
  program.io.err(origin === "shell" ? usageText : "Type help or ? for usage info\n");
  if (origin === "shell") throw ending(program, "fatal");
}
