import type { Position, UnreadCommand } from "./command.ts";
import type { Fault } from "./fault.ts";
import type { Line } from "./read-lines.ts";
import {
  bufferOverrun,
  COMMAND_LIMIT,
  commandTooLong,
  lineTooLong,
  ORIGINAL_BUFFER,
  unread,
} from "./unread.ts";

/** Lines that backslashes join. */
export interface Joined {
  /** The backslashes are blanks, the line ends are kept. */
  text: string;
  /** Of the text. */
  start: Position;
  lastLine: number;
  /** The input ended where a line should have followed. */
  unfinished?: boolean | undefined;
}

/** Whose rules for lines hold. */
export interface JoinRules {
  original: boolean;
  origin: "file" | "prompt";
}

/** Joins lines. */
export interface LineJoiner {
  /** Adds a line; undefined: the next one belongs to it. */
  add(line: Line): Joined | UnreadCommand | undefined;
  /** What has been begun when no more lines come. */
  rest(): Joined | undefined;
  readonly isEmpty: boolean;
}

/** The longest line whose text is worth keeping. */
export const lineLimit = ({ original }: JoinRules): number =>
  original ? ORIGINAL_BUFFER - 2 : COMMAND_LIMIT;

/** A joiner of lines that a backslash before the line end joins; in the default face blanks may stand between. */
export function lineJoiner(rules: JoinRules): LineJoiner {
  const limit = rules.original ? ORIGINAL_BUFFER - 1 : COMMAND_LIMIT;
  const continued = rules.original ? /\\\n$/ : /\\[ \t\r]*\n?$/;
  const isPrompt = rules.original && rules.origin === "prompt";
  let pieces: string[] = [];
  let length = 0;
  let start: Position | undefined;
  let lastLine = 0;
  /** The lines of a command that is too long. */
  let isSkipping = false;

  function finish(unfinished: boolean): Joined {
    const joined = { text: pieces.join(""), start: start!, lastLine, unfinished };
    drop();
    return joined;
  }

  function drop(): void {
    pieces = [];
    length = 0;
    start = undefined;
  }

  function refuse(fault: Fault): UnreadCommand {
    const refused = unread(start!, lastLine, fault);
    drop();
    return refused;
  }

  return {
    get isEmpty() {
      return start === undefined;
    },
    add(line) {
      const isContinued = continued.test(line.text);
      if (isSkipping) {
        isSkipping = isContinued;
        return undefined;
      }
      // Illumos' prompt loses a line of exactly this length without a word.
      if (isPrompt && line.length === ORIGINAL_BUFFER - 1) return undefined;
      start ??= { line: line.line, column: 1, offset: line.offset };
      lastLine = line.line;
      if (rules.original && line.length > lineLimit(rules)) {
        return refuse(lineTooLong(line.line, rules.origin));
      }
      length += line.length;
      if (length > limit) {
        isSkipping = isContinued;
        return refuse(rules.original ? bufferOverrun : commandTooLong);
      }
      pieces.push(isContinued ? line.text.replace(continued, (end) => ` ${end.slice(1)}`) : line.text);
      if (!isContinued) return finish(false);
      // A last line without its end: nothing can follow.
      return line.ended ? undefined : finish(true);
    },
    rest() {
      return start === undefined ? undefined : finish(true);
    },
  };
}
