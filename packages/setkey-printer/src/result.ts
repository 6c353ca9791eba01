import { type Dialect, errnoOf, type MessageType } from "@keysock/wire";

/** What ENOENT means where the kernel has a listing or an entry to look in. */
const missing: ReadonlyMap<MessageType | number, string> = new Map([
  ["get", "No entry"],
  ["delete", "No entry"],
  ["spddelete", "No entry"],
  ["dump", "No SAD entries"],
  ["spddump", "No SPD entries"],
]);

/**
 * What a kernel's errno means for a request.
 *
 * @param type - of the reply
 * @param errno - of the reply, not 0
 * @param dialect - of the kernel that replied
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { resultText } from "@keysock/setkey-printer";
 * import { linux } from "@keysock/wire";
 *
 * assert.equal(resultText("add", 17, linux), "File exists");
 * assert.equal(resultText("dump", 2, linux), "No SAD entries");
 * ```
 */
export function resultText(type: MessageType | number, errno: number, dialect: Dialect): string {
  const { name, text } = errnoOf(errno, dialect);
  return (name === "ENOENT" ? missing.get(type) : undefined) ?? text;
}

/**
 * The line that reports a statement's result.
 *
 * @param text - as {@link resultText} gives it
 * @param line - of the statement in its file; left out on a command line or at a prompt
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { resultLine } from "@keysock/setkey-printer";
 *
 * assert.equal(resultLine("File exists", 2), "The result of line 2: File exists.\n");
 * assert.equal(resultLine("No SAD entries"), "No SAD entries.\n");
 * ```
 */
export function resultLine(text: string, line?: number): string {
  return line === undefined ? `${text}.\n` : `The result of line ${line}: ${text}.\n`;
}
