import { CommandError, type Compiled, compile, overwriteKeys } from "@keysock/ipseckey-compiler";
import type { Command } from "@keysock/ipseckey-grammar";
import { helpText } from "@keysock/ipseckey-printer";
import type { Carrier } from "./carrier.ts";
import { dump } from "./dump.ts";
import { Ending } from "./ending.ts";
import { ending } from "./exit-class.ts";
import { FileError } from "./file-error.ts";
import { flush } from "./flush.ts";
import { monitor } from "./monitor.ts";
import { type OriginalReport, originalReport } from "./original-report.ts";
import { sendOriginal } from "./original-sa.ts";
import type { Program, Source } from "./program.ts";
import { openSave, save, saveErrorText } from "./save.ts";
import { SystemFailure } from "./system-failure.ts";
import type { Talk } from "./talk.ts";

/** What the original makes of its commands. */
export interface OriginalCarrier extends Carrier {
  /** Commands that were read. */
  readonly parsed: number;
  /** What it takes for successes: commands, and of those with names each address. */
  readonly added: number;
}

/** A command whose problems have been said. */
class Dropped extends Error {
  override readonly name = "Dropped";
}

/** Carries commands out as today's original does. */
export function originalCarrier(
  program: Program,
  source: Source,
  talk: Talk,
  checkOnly: boolean,
): OriginalCarrier {
  const { io } = program;
  let parsed = 0;
  let added = 0;

  async function perform(command: Command): Promise<void> {
    const report = originalReport(program, source, command);
    const sequence = takesNumber(command) ? talk.nextSequence() : 0;
    const compiled = compileOriginal(command, report);
    if (checkOnly) {
      added += 1;
      return;
    }
    switch (command.kind) {
      case "help":
        io.out(helpText(command.topic, { compat: true }));
        break;
      case "flush":
        flush(talk, compiled.command, command.saType?.value ?? 0, true);
        break;
      case "dump":
        dump(program, talk, compiled.command, command.saType?.value ?? 0);
        break;
      case "save":
        await saveOriginal(command.file, compiled);
        break;
      case "monitor":
        await monitorOriginal("active", compiled);
        break;
      case "passive_monitor":
        await monitorOriginal("passive", compiled);
        break;
      case "add":
      case "update":
      case "update-pair":
      case "delete":
      case "delete-pair":
      case "get": {
        const sent = sendOriginal({ program, source, talk, report, bail }, command, compiled, sequence);
        added += sent.successes;
        if (sent.prompts) prompt();
        return;
      }
    }
    added += 1;
    prompt();
  }

  function prompt(): void {
    if (source.origin === "prompt" && !source.typed) io.out("ipseckey> ");
  }

  function compileOriginal(command: Command, report: OriginalReport): Compiled {
    try {
      const compiled = compile(command, talk.compileContext());
      for (const warning of compiled.warnings) report.problem(warning);
      report.print();
      return compiled;
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      for (const problem of error.problems) report.problem(problem);
      report.print();
      if (source.origin === "shell") throw ending(program, "fatal");
      const isUnknownVerb = error.problems.some(({ code }) => code === "unknown-verb");
      if (isUnknownVerb) prompt();
      throw new Dropped();
    }
  }

  async function saveOriginal(path: string | undefined, { command }: Compiled): Promise<void> {
    try {
      await save(program, talk, command, openSave(program, path));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      io.err(`ipseckey: ERROR: ${saveErrorText(error)}\n`);
      if (source.origin === "shell") throw ending(program, "fatal");
      throw new Dropped();
    }
  }

  async function monitorOriginal(mode: "active" | "passive", { command }: Compiled): Promise<void> {
    await monitor(program, talk, command, mode);
    if (source.origin === "prompt") {
      io.out("\n");
      return;
    }
    io.err("ipseckey: Bailing on signal 2.\n");
    throw new Ending(2);
  }

  /** Leaves a failed system call as the original does: in a file it goes on, and may count a success. */
  function bail(failure: SystemFailure): void {
    if (source.origin === "shell") throw endingAfter(program, failure);
    io.err(failure.text);
    if (endsQuietly(failure)) throw new Ending(1);
    if (source.origin === "prompt") throw new Dropped();
    // There it waits for an answer to what it could not write.
    if (failure.kind === "write") {
      io.err("ipseckey: Reply message from PF_KEY timed out.\n");
      throw new Ending(1);
    }
  }

  return {
    get parsed() {
      return parsed;
    },
    get added() {
      return added;
    },
    async carryOut(command) {
      if (command.kind === "exit") return "exit";
      parsed += 1;
      try {
        await perform(command);
      } catch (error) {
        if (error instanceof SystemFailure) leave(error);
        else if (!(error instanceof Dropped)) throw error;
      } finally {
        overwriteKeys(command);
      }
      return "go on";
    },
    settle: io.flush,
  };

  function leave(failure: SystemFailure): void {
    try {
      bail(failure);
      added += 1;
    } catch (error) {
      if (!(error instanceof Dropped)) throw error;
    }
  }
}

/** A command on an SA takes a number as soon as its type is known; the others when they are sent. */
function takesNumber(command: Command): boolean {
  if (!("attributes" in command)) return false;
  return !command.problems.some(({ code }) => code === "unknown-sa-type" || code === "not-from-shell");
}

/** The end of the program after a failed system call. */
export function endingAfter(program: Program, failure: SystemFailure): Ending {
  program.io.err(failure.text);
  return endsQuietly(failure) ? new Ending(1) : ending(program, "fatal");
}

const endsQuietly = ({ kind }: SystemFailure): boolean => kind === "timeout" || kind === "save";
