import { buildCommand } from "./build-command.ts";
import type { Command, Position, Token } from "./command.ts";
import type { Face, FaceOptions } from "./face.ts";
import type { Joined } from "./join-lines.ts";
import { scan } from "./scan.ts";
import { tooManyTokens, unread } from "./unread.ts";

/** How a text is read. */
export interface ReadOptions extends FaceOptions {
  /**
   * `"file"` (unless given) or `"prompt"`: a prompt does not wait for a line that may go on with a command, unless that lacks
   * something. Illumos in addition reads both by somewhat other rules, and refuses some commands in files.
   */
  origin?: "file" | "prompt" | undefined;
}

export const faceOf = ({ compat, origin = "file" }: ReadOptions): Face => ({
  original: compat === "illumos",
  origin,
});

/**
 * The one command of a text, line ends and all; undefined: nothing but blanks or a comment.
 *
 * @param text - latin1, one character a byte.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseCommand } from "@keysock/ipseckey-grammar";
 *
 * const command = parseCommand("delete esp spi 0x2112 dst 224.0.0.1");
 * assert(command?.kind === "delete");
 * assert.equal(command.saType?.value, 3);
 * assert.deepEqual(command.attributes.map(({ name }) => name), ["spi", "dst"]);
 * assert.deepEqual(command.problems, []);
 * ```
 */
export function parseCommand(text: string, options: ReadOptions = {}): Command | undefined {
  const start = { line: 1, column: 1, offset: 0 };
  const lastLine = text.replace(/\n$/, "").split("\n").length;
  return parseJoined({ text, start, lastLine }, faceOf(options));
}

/** Whether there is no command in a text. A quoted `#` begins no comment. */
export const isBlankOrComment = (text: string): boolean => /^[ \t\n\v\f\r]*(?:#|$)/.test(text);

/** The command of joined lines; undefined: there is none in them. */
export function parseJoined({ text, start, lastLine, unfinished }: Joined, face: Face): Command | undefined {
  if (isBlankOrComment(text)) return undefined;
  const { tokens, problems, overflow } = scan(text, start, face);
  if (overflow) return unread(tokens[0]!.position, lastLine, tooManyTokens);
  if (tokens.length === 0) return undefined;
  const { position } = tokens[0]!;
  return buildCommand({ tokens, text, position, lastLine, problems, unfinished }, face);
}

/**
 * The command of a shell's words: verb and what follows, without options. Nothing is quoted or cut, and the words of `add` and
 * `update`, which hold keys, are not looked at.
 *
 * @param words - At least one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseWords } from "@keysock/ipseckey-grammar";
 *
 * const command = parseWords(["flush", "foo"]);
 * assert.equal(command.problems[0]?.message, "Unknown SA type (foo). Expected all, ah, esp or a number.");
 * ```
 */
export function parseWords(words: readonly [string, ...string[]], options: FaceOptions = {}): Command {
  let offset = 0;
  const tokens = words.map((text): Token => {
    const position: Position = { line: 1, column: offset + 1, offset };
    offset += text.length + 1;
    return { text, position };
  });
  const face: Face = { original: options.compat === "illumos", origin: "shell" };
  const { position } = tokens[0]!;
  return buildCommand({ tokens, text: words.join(" "), position, lastLine: 1, problems: [] }, face);
}
