import type { FaceOptions } from "./face.ts";
import type { Position } from "./statement.ts";
import { STATEMENT_LIMIT, StatementTooLongError } from "./statement-too-long-error.ts";

/** The text of one statement and where it begins. */
export interface Cut {
  text: string;
  start: Position;
}

/** Between statements (in a comment or not), or in a statement: in its text, a comment or a quoted string. */
type Mode = "blank" | "blankComment" | "text" | "comment" | "quoted";

/** Cuts a stream of text after each `;` that stands in no quoted string and no comment. */
export interface StatementCutter {
  /** What has been begun and is not finished. */
  readonly unfinished: "statement" | "quoted string" | undefined;
  push(text: string): void;
  /** The next whole statement; undefined: it takes more text. */
  next(): Cut | undefined;
  /** What is left at the end of the input: a statement without its `;`. */
  rest(): Cut | undefined;
}

/** Each character is looked at once, however small the pieces are in which the stream comes. */
export function createStatementCutter({
  compat,
  firstLine = 1,
}: FaceOptions & { firstLine?: number | undefined }): StatementCutter {
  const original = compat === "ipsec-tools";
  const here: Position = { line: firstLine, column: 1, offset: 0 };
  let start = { ...here };
  let input = "";
  let index = 0;
  let mode: Mode = "blank";
  let pending = "";

  const between = (): boolean => mode === "blank" || mode === "blankComment";

  function unfinished(): "statement" | "quoted string" | undefined {
    if (between()) return undefined;
    return mode === "quoted" ? "quoted string" : "statement";
  }

  function skipBlanks(): void {
    const solid = original ? /[^ \t\n]/g : /[^ \t\r\n]/g;
    solid.lastIndex = index;
    const found = solid.exec(input);
    goTo(found === null ? input.length : found.index);
    if (found === null) return;
    start = { ...here };
    mode = found[0] === "#" ? "blankComment" : "text";
  }

  /** Goes behind the next delimiter, or to the end if there is none, and returns it. */
  function goBehind(delimiters: RegExp): string | undefined {
    delimiters.lastIndex = index;
    const found = delimiters.exec(input)?.[0];
    goTo(found === undefined ? input.length : delimiters.lastIndex);
    if (found === '"') mode = mode === "quoted" ? "text" : "quoted";
    if (found === "#") mode = "comment";
    if (found === "\n") mode = between() ? "blank" : "text";
    return found;
  }

  function goTo(end: number): void {
    const piece = input.slice(index, end);
    index = end;
    if (!between()) {
      if (pending.length + piece.length > STATEMENT_LIMIT) throw new StatementTooLongError(start);
      pending += piece;
    }
    here.offset += piece.length;
    // ipsec-tools does not count the line ends in a quoted string.
    const lastBreak = original && mode === "quoted" ? -1 : piece.lastIndexOf("\n");
    if (lastBreak === -1) {
      here.column += piece.length;
      return;
    }
    for (let i = piece.indexOf("\n"); i !== -1; i = piece.indexOf("\n", i + 1)) here.line += 1;
    here.column = piece.length - lastBreak;
  }

  function cut(): Cut {
    const text = pending;
    pending = "";
    mode = "blank";
    return { text, start };
  }

  return {
    get unfinished() {
      return unfinished();
    },
    push(text) {
      input = index === input.length ? text : input.slice(index) + text;
      index = 0;
    },
    next() {
      while (index < input.length) {
        if (mode === "blank") skipBlanks();
        else if (mode === "text") {
          if (goBehind(/[;"#]/g) === ";") return cut();
        } else goBehind(mode === "quoted" ? /"/g : /\n/g);
      }
      return undefined;
    },
    rest: () => (unfinished() === undefined ? undefined : cut()),
  };
}
