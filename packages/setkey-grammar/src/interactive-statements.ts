import { STATEMENT_LIMIT, StatementTooLongError } from "./statement-too-long-error.ts";

/**
 * The texts of the statements that ipsec-tools' `setkey -c` makes of lines: each line is cut at its first `#` or NUL, even in
 * a quoted string; what is left is joined by blanks and cut after each `;`, even in a quoted string. What has no `;` in the end is
 * forgotten. Its limit of 1024 bytes is not kept.
 *
 * Each text is one statement or an error, for a statement reader with `compat: "ipsec-tools"`,
 * `firstLine: 0` and `separateTexts: true`.
 *
 * @param lines - Without their line ends.
 * @throws StatementTooLongError
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { interactiveStatements } from "@keysock/setkey-grammar";
 *
 * const lines = ["flush; dump # all", "esp; spdflush"];
 * assert.deepEqual([...interactiveStatements(lines)], ["flush;", " dump  esp;"]);
 * ```
 */
export function* interactiveStatements(lines: Iterable<string>): Generator<string, void> {
  let pending = "";
  for (const line of lines) {
    const text = line.split(/[#\0]/, 1)[0]!;
    if (text === "") continue;
    pending += pending === "" ? text : ` ${text}`;
    if (pending.length > STATEMENT_LIMIT) throw new StatementTooLongError({ line: 0, column: 1, offset: 0 });
    if (!text.includes(";")) continue;
    const pieces = pending.split(";");
    pending = pieces.pop()!;
    for (const piece of pieces) yield `${piece};`;
  }
}
