import { verbOf } from "./classify.ts";
import type { BlankCommand, Command } from "./command.ts";
import type { Face } from "./face.ts";
import { type Joined, lineJoiner, lineLimit } from "./join-lines.ts";
import { lacking } from "./lacking.ts";
import { faceOf, isBlankOrComment, parseJoined, type ReadOptions } from "./parse-command.ts";
import { lineReader } from "./read-lines.ts";
import { COMMAND_LIMIT, commandTooLong, unread } from "./unread.ts";

/** Commands of a text that comes in pieces: a file, a pipe, a terminal. */
export interface CommandReader {
  /** More of the text; latin1, one character a byte. */
  push(text: string): void;
  /** No more text comes. */
  end(): void;
  /**
   * The next command; undefined: it takes more text, or there is none. Push all that can be read without waiting before asking: a
   * prompt then takes indented lines to the command before them even where that lacks nothing.
   */
  next(): Command | undefined;
  /**
   * What the command that has been begun lacks, once `next` has returned undefined: what a prompt may show while it waits. Undefined:
   * none has been begun, or it waits only for the line after a backslash.
   */
  readonly lacking: readonly string[] | undefined;
}

/** How many lines a prompt waits for what a command lacks. */
const WAITING_LIMIT = 256;

type Unit = Joined | Command;

/**
 * A reader of commands. It holds no more than the pieces not yet read and one command.
 *
 * Lines are joined by a backslash at their end. In the default face also an indented line whose first word is no verb belongs to the
 * command before it: a file is therefore read one line ahead; a prompt waits only while the command lacks something that it needs. A
 * blank line, or a comment that is not indented, ends the command.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { commandReader } from "@keysock/ipseckey-grammar";
 *
 * const reader = commandReader({ origin: "prompt" });
 * reader.push("add ah spi 0x90125 src me.domain.com dst you.domain.com\n");
 * assert.equal(reader.next(), undefined);
 * assert.deepEqual(reader.lacking, ["authalg"]);
 * reader.push("    authalg md5 authkey 1234567890abcdef1234567890abcdef\n");
 * assert.equal(reader.next()?.kind, "add");
 * ```
 */
export function commandReader(options: ReadOptions = {}): CommandReader {
  const face = faceOf(options);
  const rules = { original: face.original, origin: options.origin ?? "file" };
  const lines = lineReader(lineLimit(rules));
  const joiner = lineJoiner(rules);
  let ended = false;
  /** Read and not yet looked at. */
  let ahead: Unit | undefined;
  /** May go on in the next line. */
  let waiting: { pieces: string[]; length: number; joined: Joined } | undefined;
  /** What the waiting command lacks; undefined: not known since the last line. */
  let lacks: readonly string[] | undefined;

  function unit(): Unit | undefined {
    for (let line = lines.next(); line !== undefined; line = lines.next()) {
      const found = joiner.add(line);
      if (found !== undefined) return found;
    }
    if (!ended) return undefined;
    const line = lines.rest();
    // Illumos' prompt never sees a last line without its end, and its files forget what waits for a line.
    if (line === undefined) return face.original ? void joiner.rest() : joiner.rest();
    if (face.original && rules.origin === "prompt") return undefined;
    return joiner.add(line) ?? joiner.rest();
  }

  function release(): Command | undefined {
    if (waiting === undefined) return undefined;
    const { pieces, joined } = waiting;
    waiting = undefined;
    lacks = undefined;
    return parseJoined({ ...joined, text: pieces.join("") }, face);
  }

  function wait(joined: Joined): void {
    if (isBlankOrComment(joined.text)) return;
    waiting = { pieces: [joined.text], length: joined.text.length, joined };
  }

  /** Adds the unit to the waiting command, if it belongs to it. */
  function append(joined: Joined): boolean {
    if (waiting === undefined || !belongsToBefore(joined.text, face)) return false;
    waiting.length += joined.text.length;
    // A comment between the lines of a command: blanks keep the columns of what follows.
    const isComment = /^[ \t\v\f\r]+#/.test(joined.text);
    waiting.pieces.push(isComment ? joined.text.replace(/[^\n]/g, " ") : joined.text);
    waiting.joined = { ...waiting.joined, lastLine: joined.lastLine, unfinished: joined.unfinished };
    lacks = undefined;
    return true;
  }

  function nextOriginal(): Command | undefined {
    for (let found = unit(); found !== undefined; found = unit()) {
      const command = "kind" in found ? found : (parseJoined(found, face) ?? blankIn(found));
      if (command !== undefined) return command;
    }
    return undefined;
  }

  /** At the prompt an empty line is answered; a comment is not. */
  function blankIn({ text, start, lastLine }: Joined): BlankCommand | undefined {
    if (rules.origin === "file" || /[^ \t\n\v\f\r]/.test(text)) return undefined;
    return { kind: "blank", verb: "", position: start, lastLine, text, tokens: [], problems: [] };
  }

  function nextDefault(): Command | undefined {
    for (;;) {
      const found = ahead ?? unit();
      ahead = undefined;
      if (found === undefined) return atPause();
      if (!("kind" in found) && append(found)) {
        if (waiting!.length <= COMMAND_LIMIT) continue;
        const { start, lastLine } = waiting!.joined;
        waiting = undefined;
        return unread(start, lastLine, commandTooLong);
      }
      ahead = found;
      const before = release();
      if (before !== undefined) return before;
      ahead = undefined;
      if ("kind" in found) return found;
      wait(found);
    }
  }

  /** Nothing more to read for now. */
  function atPause(): Command | undefined {
    if (ended) return release();
    if (rules.origin === "file" || waiting === undefined || !joiner.isEmpty) return undefined;
    if (lacks === undefined) {
      const command = parseJoined({ ...waiting.joined, text: waiting.pieces.join("") }, face);
      lacks = command === undefined ? [] : lacking(command);
    }
    return lacks.length === 0 || waiting.pieces.length >= WAITING_LIMIT ? release() : undefined;
  }

  return {
    push: (text) => lines.push(text),
    end() {
      ended = true;
    },
    next: () => (face.original ? nextOriginal() : nextDefault()),
    get lacking() {
      return lacks;
    },
  };
}

/** Begins with a blank, is not blank, and its first word is no verb. */
function belongsToBefore(text: string, face: Face): boolean {
  const word = /^[ \t\v\f\r]+"?([^ \t\n\v\f\r"]+)/.exec(text)?.[1];
  return word !== undefined && verbOf(word, face) === undefined;
}
