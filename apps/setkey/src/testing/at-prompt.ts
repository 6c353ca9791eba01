import { createEngine, type Engine } from "@keysock/engine";
import { tableHost } from "@keysock/host";
import type { KeySocket } from "@keysock/wire";
import { run } from "../run.ts";
import { type FakeTerminal, fakeTerminal } from "./fake-terminal.ts";
import { maskText } from "./masks.ts";
import { testIo } from "./test-io.ts";

export const ctrl = (letter: string): string => String.fromCharCode(letter.charCodeAt(0) & 0x1f);

/** A run of the command at a terminal. */
export interface Running {
  terminal: FakeTerminal;
  engine: Engine;
  exit: Promise<number>;
}

/** Begins one over an engine. @param change - what lies between it and the command */
export function begin(argv: string[], change = (socket: KeySocket): KeySocket => socket): Running {
  const terminal = fakeTerminal();
  const host = tableHost({ now: Date.UTC(2026, 10, 22), pid: 4242 });
  const engine = createEngine({ personality: "linux", clock: host });
  // As in a process: what is written is not seen until it is flushed.
  let waiting = "";
  const flush = (): void => {
    terminal.print(waiting);
    waiting = "";
  };
  const io = {
    ...testIo({ input: "dump;" }),
    inputIsTerminal: true,
    terminal: () => terminal,
    out(text: string) {
      waiting += text;
    },
    err(text: string) {
      flush();
      terminal.print(text);
    },
    flush,
  };
  const exit = run(argv, io, host, () => ({ socket: change(engine.connect()), via: "engine", kernel: true }));
  return { terminal, engine, exit };
}

/** Presses keys; what the screen shows then. At last it ends the command with ^C and ^D. */
export async function screenAfter(keys: readonly (string | Buffer)[]): Promise<string> {
  const { terminal, exit } = begin(["-c"]);
  for (const some of keys) await terminal.press(some);
  const screen = terminal.screen();
  for (const last of ["C", "D"]) await terminal.press(ctrl(last));
  await exit;
  return maskText(screen);
}

/** Presses keys, ^D last; what the screen shows in the end, and the exit status. */
export async function ended(
  keys: readonly (string | Buffer)[],
  argv: string[] = ["-c"],
): Promise<{ screen: string; exit: number }> {
  const { terminal, exit } = begin(argv);
  for (const some of [...keys, ctrl("D")]) await terminal.press(some);
  const status = await exit;
  return { screen: maskText(terminal.screen()), exit: status };
}
