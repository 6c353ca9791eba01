import { CommandError, type Compiled, compile, overwriteKeys } from "@keysock/ipseckey-compiler";
import type { Command, SaCommand } from "@keysock/ipseckey-grammar";
import { helpText } from "@keysock/ipseckey-printer";
import type { Job } from "@keysock/session";
import type { Carrier } from "./carrier.ts";
import { reportFailure, reportProblems } from "./default-report.ts";
import { saJob } from "./default-sa.ts";
import { dump } from "./dump.ts";
import { Ending } from "./ending.ts";
import { FileError } from "./file-error.ts";
import { flush } from "./flush.ts";
import { openInput } from "./input-file.ts";
import { monitor } from "./monitor.ts";
import type { Program, Source } from "./program.ts";
import { openSave, save } from "./save.ts";
import { runScript } from "./script.ts";
import { SystemFailure, systemFailure } from "./system-failure.ts";
import type { Talk } from "./talk.ts";

/** What became of the commands of a run. */
export interface Tally {
  /** Commands that were read. */
  commands: number;
  /** Those of them that were refused, by us or by the other end, also where only one of several addresses was. */
  failed: number;
}

/** How many commands wait for each other to be sent together. */
const batchSize = 256;

/** So many files may load each other. */
const loadLimit = 16;

/** Carries commands out: those that were in order are done, whatever is wrong with others. */
export function defaultCarrier(
  program: Program,
  source: Source,
  talk: Talk,
  how: { checkOnly: boolean; tally: Tally; loading?: readonly string[] },
): Carrier {
  const { io, options } = program;
  const { checkOnly, tally, loading = [source.name] } = how;
  const together = source.origin === "file" && !options.verbose;
  let batch: { command: SaCommand; job: Job }[] = [];

  /** Has what waits carried out. */
  function settle(): void {
    const waiting = batch;
    batch = [];
    if (waiting.length === 0) return;
    const session = talk.session();
    try {
      session.run(waiting.map(({ job }) => job));
    } catch (error) {
      const failure = systemFailure(error, "doaddresses", session.dialect, () => "");
      if (failure === undefined) throw error;
      io.err(failure.text);
      tally.failed += 1;
      stop();
    } finally {
      for (const { command } of waiting) overwriteKeys(command);
    }
  }

  /** There is no use in going on; somebody at a prompt may know better. */
  function stop(): void {
    if (source.origin === "prompt") return;
    if (source.origin === "file") io.err("ipseckey: stopped there; what took effect before stays.\n");
    throw new Ending(1);
  }

  async function perform(command: Command): Promise<void> {
    const { warnings, command: requests } = compiled(command);
    if (warnings.length > 0) {
      settle();
      reportProblems(program, source, command, warnings);
    }
    if (checkOnly && command.kind !== "load") return;
    if ("attributes" in command) {
      batch.push({ command, job: jobOf(command, requests) });
      if (!together || batch.length >= batchSize) settle();
      return;
    }
    settle();
    await performPlain(command, requests);
  }

  function compiled(command: Command): Compiled {
    if (!checkOnly && isSent(command)) talk.session();
    let isNeeded = false;
    try {
      const result = compile(command, talk.compileContext());
      isNeeded = !checkOnly;
      return result;
    } finally {
      // The requests are made from it only when they are sent.
      if (!isNeeded) overwriteKeys(command);
    }
  }

  function jobOf(command: SaCommand, requests: Compiled["command"]): Job {
    let isCounted = false;
    return saJob(program, talk, command, requests, {
      failed(why) {
        if (!isCounted) tally.failed += 1;
        isCounted = true;
        if (why instanceof SystemFailure) leave(command, why);
        else reportProblems(program, source, command, why);
      },
    });
  }

  function leave(command: Command, failure: SystemFailure): void {
    reportFailure(program, source, command, failure.text);
    if (failure.kind === "timeout" || failure.kind === "read") stop();
  }

  async function performPlain(
    command: Exclude<Command, SaCommand>,
    requests: Compiled["command"],
  ): Promise<void> {
    switch (command.kind) {
      case "help":
        io.out(helpText(command.topic));
        return;
      case "flush":
        flush(talk, requests, command.saType?.value ?? 0, false);
        return;
      case "dump":
        dump(program, talk, requests, command.saType?.value ?? 0);
        return;
      case "save":
        talk.session();
        await save(program, talk, requests, openSave(program, command.file));
        return;
      case "load":
        await load(command.file!);
        return;
      case "monitor":
        await watch("active", requests);
        return;
      case "passive_monitor":
        await watch("passive", requests);
        return;
    }
  }

  async function watch(mode: "active" | "passive", requests: Compiled["command"]): Promise<void> {
    await monitor(program, talk, requests, mode);
    if (source.origin === "prompt") {
      io.out("\n");
      return;
    }
    io.err("ipseckey: Bailing on signal 2.\n");
    throw new Ending(2);
  }

  async function load(path: string): Promise<void> {
    if (loading.includes(path)) throw new SystemFailure("load", `"${path}" is being loaded already\n`);
    if (loading.length > loadLimit) {
      throw new SystemFailure("load", `"${path}" is not loaded: ${loadLimit} files load each other\n`);
    }
    const { chunks } = openInput(program, path);
    const loaded: Source = { origin: "file", name: path, typed: false };
    const carrier = defaultCarrier(program, loaded, talk, { checkOnly, tally, loading: [...loading, path] });
    try {
      await runScript(chunks, { origin: "file" }, carrier);
    } catch (error) {
      // What ends a file does not end a prompt.
      if (!(error instanceof Ending && source.origin === "prompt")) throw error;
    }
  }

  function fail(command: Command, error: unknown): void {
    if (error instanceof Ending) throw error;
    tally.failed += 1;
    if (error instanceof CommandError) reportProblems(program, source, command, error.problems);
    else if (error instanceof SystemFailure) leave(command, error);
    else if (error instanceof FileError) reportFailure(program, source, command, `${error.message}\n`);
    else throw error;
  }

  return {
    settle,
    async carryOut(command) {
      if (command.kind === "exit") return "exit";
      tally.commands += 1;
      try {
        await perform(command);
      } catch (error) {
        settle();
        fail(command, error);
      }
      return "go on";
    },
  };
}

/** Whether a command is for the other end, and worth showing to it. */
function isSent({ kind, problems }: Command): boolean {
  return kind !== "help" && kind !== "load" && !problems.some(({ severity }) => severity === "error");
}
