import type { Job, Session } from "@keysock/session";
import { type CompileContext, compile, StatementError, supportedFrom } from "@keysock/setkey-compiler";
import { SetkeySyntaxError, type Statement, StatementTooLongError } from "@keysock/setkey-grammar";
import { linux, request } from "@keysock/wire";
import { printReply } from "./listing.ts";
import { preview } from "./preview.ts";
import type { Program } from "./program.ts";
import { reportRefusal, reportTrouble, reportWarning, type Trouble } from "./report.ts";
import { fileStatements, promptStatements } from "./statements.ts";

/** A text of statements. */
export interface Script {
  /** The file as it was named, or `<stdin>`. */
  name: string;
  chunks: Iterable<string>;
  /** Somebody types it: an error stops only the statement that it is in. */
  typed: boolean;
}

/**
 * -f and -c: carries statements out as they are read.
 *
 * @param session - where to; without one nothing is sent
 * @returns the exit status
 */
export function runScript(program: Program, script: Script, session: Session | undefined): number {
  const { options, io } = program;
  const { compat } = options;
  const asPrompt = compat && options.mode === "interactive";
  const { reader, items } = asPrompt
    ? promptStatements(script.chunks)
    : fileStatements(script.chunks, { compat: compat ? "ipsec-tools" : undefined });
  const context = contextOf(program, session);
  const sends = session !== undefined && !options.check && !options.preview;
  let begun = 0;
  let failed = 0;
  let stoppedBy: Trouble | undefined;

  // Statements are pipelined unless the outcome of each is to be seen before the next is read.
  if (compat || script.typed || options.verbose) for (const job of jobs()) carryOut([job]);
  else carryOut(jobs());
  if (stoppedBy !== undefined) return stop(stoppedBy);
  return failed > 0 && !compat ? 1 : 0;

  function* jobs(): Generator<Job, void> {
    for (const item of items) {
      const job = item instanceof Error ? item : jobOf(item);
      if (job === "exit") return;
      if (!(job instanceof Error)) {
        begun += 1;
        yield job;
      } else if (goesOnAfter(job)) {
        failed += 1;
        reportTrouble(program, script.name, job);
        if (job instanceof StatementError) reader.refused(job.token);
      } else {
        stoppedBy = job;
        return;
      }
    }
  }

  function goesOnAfter(trouble: Trouble): boolean {
    return (asPrompt || script.typed) && !isFatal(trouble);
  }

  function jobOf(statement: Statement): Job | StatementError | "exit" {
    if (statement.kind === "exit") return "exit";
    try {
      const { command, warnings } = compile(statement, context);
      for (const warning of warnings) reportWarning(program, warning);
      const line = asPrompt ? undefined : statement.tokens.at(-1)!.position.line;
      let accepted = true;
      return {
        command,
        reply: (reply) => printReply(program, reply),
        refused(error) {
          if (compat && statement.kind === "deleteall" && error.request.type === "dump") {
            io.err("setkey: error encountered\n");
            return;
          }
          if (!reportRefusal(program, error, line) || !accepted) return;
          accepted = false;
          failed += 1;
        },
      };
    } catch (error) {
      if (error instanceof StatementError) return error;
      throw error;
    }
  }

  function carryOut(some: Iterable<Job>): void {
    if (sends) session.run(some);
    else for (const { command } of some) if (options.preview) preview(program, command);
  }

  function stop(trouble: Trouble): number {
    reportTrouble(program, script.name, trouble);
    if (compat && !isFatal(trouble)) io.out(`parse failed, line ${lineOf(trouble)}.\n`);
    const carriedOut = begun - failed;
    if (!compat && sends && carriedOut > 0) {
      io.err(
        `setkey: stopped there; ${carriedOut} ${carriedOut === 1 ? "statement" : "statements"} before it took effect\n`,
      );
    }
    return 1;
  }
}

const isFatal = (trouble: Trouble): boolean => trouble instanceof SetkeySyntaxError && trouble.fatal;

const lineOf = (trouble: Trouble): number =>
  trouble instanceof StatementTooLongError ? trouble.position.line : trouble.scannerLine;

/** What statements are compiled for: keys are checked against what the other end offers. */
function contextOf({ options, host }: Program, session: Session | undefined): CompileContext {
  const context: CompileContext = {
    host,
    dialect: linux,
    face: options.compat ? "ipsec-tools" : "default",
    forward: options.forward,
    ...(options.resolve && { resolveNames: true }),
  };
  if (session === undefined) return context;
  const [reply] = session.request(request("register", "unspec"));
  return reply === undefined ? context : { ...context, supported: supportedFrom(reply) };
}
