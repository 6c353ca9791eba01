import type { Session } from "@keysock/session";
import { StatementError } from "@keysock/setkey-compiler";
import { SetkeySyntaxError, StatementTooLongError } from "@keysock/setkey-grammar";
import { createPerformer } from "./performer.ts";
import type { Program } from "./program.ts";
import type { Trouble } from "./report.ts";
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
export function runScript(
  program: Program,
  { name, chunks, typed }: Script,
  session: Session | undefined,
): number {
  const { options, io } = program;
  const { compat } = options;
  const asPrompt = compat && options.mode === "interactive";
  const { reader, items } = asPrompt
    ? promptStatements(chunks)
    : fileStatements(chunks, { compat: compat ? "ipsec-tools" : undefined });
  const performer = createPerformer(program, session, {
    name,
    numbered: !asPrompt,
    // Whoever writes to a pipe may wait for each answer.
    oneByOne: compat || options.mode === "interactive" || options.verbose,
    goesOnAfter(trouble) {
      if (!asPrompt) return typed && !(trouble instanceof StatementTooLongError);
      if (trouble instanceof StatementError) reader.refused(trouble.token);
      return !isFatal(trouble);
    },
  });
  const ending = performer.perform(items);
  if (!(ending instanceof Error)) return performer.failed > 0 && !compat ? 1 : 0;
  if (compat && !isFatal(ending)) io.out(`parse failed, line ${lineOf(ending)}.\n`);
  const { done } = performer;
  const sent = session !== undefined && !options.check && !options.preview;
  if (!compat && sent && done > 0) {
    io.err(
      `setkey: stopped there; ${done} ${done === 1 ? "statement" : "statements"} before it took effect\n`,
    );
  }
  return 1;
}

const isFatal = (trouble: Trouble): boolean => trouble instanceof SetkeySyntaxError && trouble.fatal;

const lineOf = (trouble: Trouble): number =>
  trouble instanceof StatementTooLongError ? trouble.position.line : trouble.scannerLine;
