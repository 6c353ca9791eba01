import type { Session } from "@keysock/session";
import { createStatementReader, StatementTooLongError } from "@keysock/setkey-grammar";
import { complete } from "./completion.ts";
import { createHistory } from "./history.ts";
import type { Terminal } from "./io.ts";
import { editLines } from "./line-editor.ts";
import { createPerformer } from "./performer.ts";
import type { Program } from "./program.ts";
import { wholeStatements } from "./statements.ts";

/** What asks for a line, by what the line before has left unfinished. */
const prompts = { nothing: "setkey> ", statement: "      > ", "quoted string": '     "> ' } as const;

/** The most messages to take from the key socket before somebody who types gets a turn. */
const listenLimit = 1000;

/**
 * -c on a terminal: asks for statements and carries each out as soon as it is whole, until ^D or a statement that ends it.
 * ^C drops what is unfinished.
 *
 * @param session - where to; without one nothing is sent
 * @returns the exit status: 1 if a statement failed
 */
export async function runPrompt(
  program: Program,
  terminal: Terminal,
  session: Session | undefined,
): Promise<number> {
  const { io } = program;
  const performer = createPerformer(program, session, {
    name: "<stdin>",
    numbered: true,
    oneByOne: true,
    goesOnAfter: (trouble) => !(trouble instanceof StatementTooLongError),
  });
  const history = createHistory();
  let reader = createStatementReader();
  /** Lines typed so far, and how many of them could not be read. */
  let typed = 0;
  let unread = 0;
  /** The lines since the last that left nothing unfinished. */
  let lines: string[] = [];

  io.flush();
  await editLines(terminal, {
    prompt: prompts.nothing,
    history,
    complete: (text) => complete([...lines, text].join("\n")),
    line,
    dropped() {
      typed += 1;
      forget();
      return prompts.nothing;
    },
    waiting() {
      for (let left = listenLimit; left > 0 && session?.receive(0) !== undefined; ) left -= 1;
    },
  });
  reader.end();
  performer.perform(wholeStatements(reader));
  return performer.failed + unread > 0 ? 1 : 0;

  function line(text: string): string | undefined {
    typed += 1;
    if (isText(text)) {
      lines.push(text);
      reader.push(`${bytesOf(text)}\n`);
      const ending = performer.perform(wholeStatements(reader));
      if (ending !== undefined) forget();
      if (ending === "exit") return undefined;
    } else {
      unread += 1;
      io.err(`setkey: line ${typed}: not UTF-8: the statement is dropped\n`);
      forget();
    }
    io.flush();
    if (reader.unfinished === undefined) {
      history.add(lines);
      lines = [];
    }
    return prompts[reader.unfinished ?? "nothing"];
  }

  function forget(): void {
    reader = createStatementReader({ firstLine: typed + 1 });
    lines = [];
  }
}

/** Whether no byte was typed that is no UTF-8: readline puts this character for it. */
const isText = (text: string): boolean => !text.includes("\ufffd");

/** One character a byte. */
const bytesOf = (text: string): string => Buffer.from(text, "utf8").toString("latin1");
