import type { Job, Session } from "@keysock/session";
import {
  type CompileContext,
  compile,
  StatementError,
  saidFirst,
  supportedFrom,
} from "@keysock/setkey-compiler";
import { type Statement, StatementTooLongError } from "@keysock/setkey-grammar";
import { request } from "@keysock/wire";
import { dialectOf } from "./dialect.ts";
import { printReply } from "./listing.ts";
import { preview } from "./preview.ts";
import type { Program } from "./program.ts";
import { reportNotOffloaded, reportRefusal, reportTrouble, reportWarning, type Trouble } from "./report.ts";
import type { Unreadable } from "./statements.ts";

/** How the statements of a text are carried out. */
export interface Manner {
  /** What errors call the text: the file as it was named, or `<stdin>`. */
  name: string;
  /** Results name the line. */
  numbered: boolean;
  /** The outcome of each statement shows before the next is read; otherwise they are pipelined. */
  oneByOne: boolean;
  /** Whether statements behind that trouble are carried out, too. */
  goesOnAfter(trouble: Trouble): boolean;
}

/** Carries out the statements of a text and counts. */
export interface Performer {
  /**
   * Carries statements out and says what becomes of them.
   *
   * @returns what ended it: a statement that ends the text, trouble, or that there were no more
   */
  perform(items: Iterable<Statement | Unreadable>): "exit" | Trouble | undefined;
  /** How many statements took effect, or would have. */
  readonly done: number;
  /** How many did not: refused by the other end, or no right ones. */
  readonly failed: number;
}

/** @param session - where to; without one nothing is sent */
export function createPerformer(
  program: Program,
  session: Session | undefined,
  { name, numbered, oneByOne, goesOnAfter }: Manner,
): Performer {
  const { options, io } = program;
  const context = contextOf(program, session);
  let begun = 0;
  let refused = 0;
  let wrong = 0;

  function perform(items: Iterable<Statement | Unreadable>): "exit" | Trouble | undefined {
    let ending: "exit" | Trouble | undefined;
    if (oneByOne) for (const job of jobs()) carryOut([job]);
    else carryOut(jobs());
    // Only now have those before it told their results.
    if (ending instanceof Error) reportTrouble(program, name, ending);
    return ending;

    function* jobs(): Generator<Job, void> {
      for (const item of items) {
        const job = item instanceof Error ? troubleOf(item) : jobOf(item);
        if (job === "exit") {
          ending = job;
          return;
        }
        if (!(job instanceof Error)) {
          begun += 1;
          yield job;
          continue;
        }
        wrong += 1;
        if (!goesOnAfter(job)) {
          ending = job;
          return;
        }
        reportTrouble(program, name, job);
      }
    }
  }

  function troubleOf(trouble: Unreadable): Trouble {
    if (trouble instanceof StatementTooLongError) return trouble;
    const { warnings, refusal } = saidFirst(trouble, context);
    for (const warning of warnings) reportWarning(program, warning);
    return refusal ?? trouble;
  }

  function jobOf(statement: Statement): Job | StatementError | "exit" {
    if (statement.kind === "exit") return "exit";
    try {
      const { command, warnings } = compile(statement, context);
      for (const warning of warnings) reportWarning(program, warning);
      const line = numbered ? statement.tokens.at(-1)!.position.line : undefined;
      let accepted = true;
      return {
        command,
        reply(reply, asked) {
          printReply(program, reply);
          reportNotOffloaded(program, asked, reply.message, line);
        },
        refused(error) {
          if (options.compat && statement.kind === "deleteall" && error.request.type === "dump") {
            io.err("setkey: error encountered\n");
            return;
          }
          if (!reportRefusal(program, error, { line, dialect: context.dialect }) || !accepted) return;
          accepted = false;
          refused += 1;
        },
      };
    } catch (error) {
      if (error instanceof StatementError) return error;
      throw error;
    }
  }

  function carryOut(some: Iterable<Job>): void {
    if (session !== undefined && !options.check && !options.preview) session.run(some);
    else for (const { command } of some) if (options.preview) preview(program, command);
  }

  return {
    perform,
    get done() {
      return begun - refused;
    },
    get failed() {
      return refused + wrong;
    },
  };
}

/** What statements are compiled for: keys are checked against what the other end offers. */
function contextOf(program: Program, session: Session | undefined): CompileContext {
  const { options, host } = program;
  const context: CompileContext = {
    host,
    dialect: dialectOf(program, session),
    face: options.compat ? "ipsec-tools" : "default",
    forward: options.forward,
    ...(options.resolve && { resolveNames: true }),
  };
  if (session === undefined) return context;
  const [reply] = session.request(request("register", "unspec"));
  return reply === undefined ? context : { ...context, supported: supportedFrom(reply) };
}
