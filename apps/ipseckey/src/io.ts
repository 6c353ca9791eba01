import { writeSync } from "node:fs";
import { isatty } from "node:tty";
import { errnoOf, linux } from "@keysock/wire";
import { type Files, realFiles } from "./files.ts";
import { readStream } from "./read-stream.ts";
import { type Habits, openTerminal, type Terminal } from "./terminal.ts";

/** What a command reads and writes. Text is latin1 throughout: one character a byte. */
export interface Io {
  /** Standard input in pieces; a piece ends where there is nothing more to read for now. */
  input(): AsyncIterable<string> | Iterable<string>;
  /** Begins to read lines that somebody types; undefined where standard input or output is no terminal. */
  openTerminal: ((habits: Habits) => Terminal) | undefined;
  files: Files;
  /** @throws OutputError */
  out(text: string): void;
  err(text: string): void;
  /**
   * Everything written so far leaves the process.
   *
   * @throws OutputError
   */
  flush(): void;
  /** Lets signal handlers run. */
  turn(): Promise<void>;
  /** Until the function that it returns is called, an interrupt (^C) is told to the listener and ends nothing. */
  onInterrupt(listener: () => void): () => void;
  /** Does the work to its end; signals that would end the process have to wait. */
  uninterrupted<T>(work: () => T): Promise<T>;
  environment: Readonly<Record<string, string | undefined>>;
  /** Node's name for the operating system. */
  platform: string;
}

/** Standard output or standard error does not take what is written. */
export class OutputError extends Error {
  override readonly name = "OutputError";
  /** Whoever read it has gone. */
  readonly unread: boolean;

  constructor(stream: "output" | "error", cause: NodeJS.ErrnoException) {
    super(`Can't write standard ${stream}: ${errnoOf(-(cause.errno ?? 0), linux).text}`, { cause });
    this.unread = cause.code === "EPIPE";
  }
}

const chunkBytes = 65_536;

/** What ends a process unless it is handled. */
const ends = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"] as const;

/** The standard streams of this process. What is written waits until a chunk is full, so that a long listing is few system calls. */
export function processIo(): Io {
  let waiting = "";
  const flush = () => {
    const text = waiting;
    waiting = "";
    writeAll("output", text);
  };
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    input: () => readStream(process.stdin, turn),
    openTerminal:
      isatty(0) && isatty(1) ? (habits) => openTerminal(process.stdin, process.stdout, habits) : undefined,
    files: realFiles,
    out(text) {
      waiting += text;
      if (waiting.length >= chunkBytes) flush();
    },
    err(text) {
      flush();
      writeAll("error", text);
    },
    flush,
    turn,
    onInterrupt(listener) {
      process.on("SIGINT", listener);
      return () => process.off("SIGINT", listener);
    },
    uninterrupted: (work) => holdingSignals(work, turn, flush),
    environment: process.env,
    platform: process.platform,
  };
}

async function holdingSignals<T>(work: () => T, turn: () => Promise<void>, flush: () => void): Promise<T> {
  let held: NodeJS.Signals | undefined;
  const hold = (signal: NodeJS.Signals) => {
    held ??= signal;
  };
  for (const signal of ends) process.on(signal, hold);
  try {
    return work();
  } finally {
    // The first turn may come before the event loop has looked for signals.
    await turn();
    await turn();
    for (const signal of ends) process.off(signal, hold);
    if (held !== undefined) {
      flush();
      process.kill(process.pid, held);
    }
  }
}

const numbers = { output: 1, error: 2 } as const;

function writeAll(stream: keyof typeof numbers, text: string): void {
  const bytes = Buffer.from(text, "latin1");
  try {
    for (let done = 0; done < bytes.length; ) {
      done += unlessBusy(() => writeSync(numbers[stream], bytes, done));
    }
  } catch (error) {
    throw new OutputError(stream, error as NodeJS.ErrnoException);
  }
}

/** A terminal or pipe that somebody set to non-blocking answers EAGAIN: waits a little and asks again. */
function unlessBusy(call: () => number): number {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    try {
      return call();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(pause, 0, 0, 10);
    }
  }
}
