import type { Command } from "./command.ts";
import { type CommandReader, commandReader } from "./command-reader.ts";
import type { ReadOptions } from "./parse-command.ts";

/**
 * The commands of a text as they are read. A command in error comes with its problems, and reading goes on behind it; behind `exit`
 * nothing is read. Memory does not grow with the text.
 *
 * @param chunks - The text in pieces of any size; latin1, one character a byte.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readCommands } from "@keysock/ipseckey-grammar";
 *
 * const file = `
 *   # A sample file
 *   flush esp
 *   add esp spi 0x5150 src you.domain.com dst me.domain.com
 *       authalg md5 authkey 930987dbe09743ade09d92b4097d9e93
 *       encralg des encrkey 8bd4a52e10127deb hard_usetime 28800
 *   delete esp spy 0x2112
 * `;
 * const [flush, add, remove] = readCommands([file]);
 * assert.equal(flush?.kind, "flush");
 * assert(add?.kind === "add" && add.attributes.length === 8);
 * assert.equal(remove?.problems[0]?.suggestion, "spi");
 * ```
 */
export function* readCommands(chunks: Iterable<string>, options: ReadOptions = {}): Generator<Command, void> {
  const reader = commandReader(options);
  for (const chunk of chunks) {
    reader.push(chunk);
    if (yield* ready(reader)) return;
  }
  reader.end();
  yield* ready(reader);
}

/** Whether an `exit` was among them. */
function* ready(reader: CommandReader): Generator<Command, boolean> {
  for (let command = reader.next(); command !== undefined; command = reader.next()) {
    yield command;
    if (command.kind === "exit") return true;
  }
  return false;
}
