import moo from "moo";
import type { Position, Token } from "./command.ts";
import type { Face } from "./face.ts";
import { type Fault, problemAt } from "./fault.ts";
import type { Problem } from "./problem.ts";

/** More words than this are no command. */
export const TOKEN_LIMIT = 4096;

/** What isspace(3) takes in the C locale. */
const blanks = " \\t\\n\\v\\f\\r";
const leadingBlanks = new RegExp(`^[${blanks}]+`);
const lineBreaks = true;

/**
 * Never scans by itself: each text has a clone, which moo's types leave out.
 *
 * A `"` at the start of a word quotes it, and the blanks behind it are dropped. One in mid-word stays, and from there on the next
 * one is the end. What is glued behind that end vanishes.
 */
const lexer: moo.Lexer & { clone?(): moo.Lexer } = moo.compile({
  blank: { match: new RegExp(`[${blanks}]+`), lineBreaks },
  quoted: { match: new RegExp(`"[^"]*"[^${blanks}]*`), lineBreaks },
  openQuote: { match: /"[^"]*/, lineBreaks },
  middleQuoted: { match: new RegExp(`[^"${blanks}]+"[^"]*"[^${blanks}]*`), lineBreaks },
  middleOpen: { match: new RegExp(`[^"${blanks}]+"[^"]*`), lineBreaks },
  word: new RegExp(`[^"${blanks}]+`),
});

/** The words of a command. */
export interface Scanned {
  tokens: Token[];
  problems: Problem[];
  /** There are more words than the limit allows; they are not read. */
  overflow: boolean;
}

/** Cuts the text of a command into words. Columns and offsets go on from `start`. */
export function scan(text: string, start: Position, face: Face): Scanned {
  const stream = lexer.clone!();
  stream.reset(text, { ...stream.save(), line: start.line, col: start.column });
  const tokens: Token[] = [];
  const faults: [number, Fault][] = [];
  let overflow = false;
  for (let found = stream.next(); found !== undefined; found = stream.next()) {
    if (found.type === "blank") continue;
    const [word, glued] = unquote(found.type!, found.text);
    if (word === "" && face.original) continue;
    if (tokens.length === TOKEN_LIMIT) {
      overflow = true;
      break;
    }
    if (!face.original && /open/i.test(found.type!)) faults.push([tokens.length, unfinishedQuote]);
    if (!face.original && glued !== "") faults.push([tokens.length, gluedQuote]);
    const { line, col: column, offset } = found;
    tokens.push({ text: word, position: { line, column, offset: start.offset + offset } });
  }
  const problems = faults.map(([token, fault]) => problemAt(tokens, token, fault, face));
  return { tokens, problems, overflow };
}

/** The word, and what vanishes behind it. */
function unquote(type: string, text: string): [word: string, glued: string] {
  if (type === "word") return [text, ""];
  const open = text.indexOf('"');
  const close = text.indexOf('"', open + 1);
  const behind = close === -1 ? "" : text.slice(close + 1);
  if (open > 0) return [close === -1 ? text : text.slice(0, close), behind];
  const inside = close === -1 ? text.slice(1) : text.slice(1, close);
  return [inside.replace(leadingBlanks, ""), behind];
}

const unfinishedQuote: Fault = {
  code: "unfinished-quote",
  report: "collected",
  original: "",
  message: "A quoted string without its end.",
  expected: ['"'],
  secret: true,
};

const gluedQuote: Fault = {
  code: "glued-quote",
  report: "collected",
  original: "",
  message: "Characters right behind a quoted string.",
  expected: ["a blank"],
  secret: true,
};
