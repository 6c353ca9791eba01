import { type CommandReader, commandReader, type FaceOptions } from "@keysock/ipseckey-grammar";
import type { Carrier } from "./carrier.ts";
import { complete } from "./complete.ts";
import { keyMemory } from "./key-memory.ts";
import type { Program } from "./program.ts";
import type { Habits, Terminal } from "./terminal.ts";

/** Has the commands carried out that somebody types, until `exit` or the end of the input. */
export async function runTyped(
  { io, options }: Program,
  carrier: Carrier,
  open: (habits: Habits) => Terminal,
): Promise<void> {
  const face: FaceOptions = options.compat ? { compat: "illumos" } : {};
  const memory = keyMemory();
  let reader = newReader();
  io.flush();
  const terminal = open({ complete, remember: memory.mayRemember });
  try {
    for (;;) {
      io.flush();
      const answer = await terminal.ask(reader.lacking === undefined ? "ipseckey> " : "> ");
      if (answer.kind === "end") reader.end();
      else if (answer.kind === "interrupt") reader = newReader();
      else reader.push(answer.text);
      if (await carryOut(reader)) return;
      if (answer.kind === "end") break;
    }
    io.out("\n");
  } finally {
    terminal.close();
  }

  function newReader(): CommandReader {
    memory.newCommand();
    return commandReader({ ...face, origin: "prompt" });
  }

  /** Whether that was all. */
  async function carryOut(from: CommandReader): Promise<boolean> {
    for (let command = from.next(); command !== undefined; command = from.next()) {
      memory.newCommand();
      if ((await carrier.carryOut(command)) === "exit") return true;
    }
    return false;
  }
}
