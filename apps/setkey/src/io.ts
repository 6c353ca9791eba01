import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { isatty } from "node:tty";
import { errnoOf, linux } from "@keysock/wire";

/** What a command reads and writes. Text is latin1 throughout: one character a byte, so that keys pass unharmed. */
export interface Io {
  /** Standard input, as it comes. */
  input(): Iterable<string>;
  /** Whether somebody types the standard input. */
  inputIsTerminal: boolean;
  /** The terminal of somebody who types the standard input and sees the standard output; undefined: there is none. */
  terminal(): Terminal | undefined;
  /**
   * Opens a file; gives its text as it is read.
   *
   * @throws FileError
   */
  open(path: string): Iterable<string>;
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
  environment: Readonly<Record<string, string | undefined>>;
}

/** A terminal for line editing. */
export interface Terminal {
  input: NodeJS.ReadableStream & {
    /** Whether keys come as they are typed, ^C too, instead of lines that the system edits. */
    setRawMode?(raw: boolean): unknown;
  };
  output: NodeJS.WritableStream;
}

/** A file that cannot be opened or read. */
export class FileError extends Error {
  override readonly name = "FileError";
  readonly during: "open" | "read";

  constructor(path: string, during: "open" | "read", cause: NodeJS.ErrnoException) {
    super(`Can't ${during} \`${path}': ${errnoOf(-(cause.errno ?? 0), linux).text}`, { cause });
    this.during = during;
  }
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

/** The standard streams of this process. What is written waits until a chunk is full, so that a long listing is few system calls. */
export function processIo(): Io {
  let waiting = "";
  const flush = () => {
    const text = waiting;
    waiting = "";
    writeAll("output", text);
  };
  return {
    // Whoever types or answers sees first what there is to see.
    input: () => readChunks(0, "<stdin>", flush),
    inputIsTerminal: isatty(0),
    // A process that does not ask for one has its streams left alone.
    terminal: () => (isatty(0) && isatty(1) ? { input: process.stdin, output: process.stdout } : undefined),
    open: (path) =>
      readFile(
        path,
        orFail(path, "open", () => openSync(path, "r")),
      ),
    out(text) {
      waiting += text;
      if (waiting.length >= chunkBytes) flush();
    },
    err(text) {
      flush();
      writeAll("error", text);
    },
    flush,
    turn: () => new Promise((resolve) => setImmediate(resolve)),
    environment: process.env,
  };
}

function* readFile(path: string, file: number): Iterable<string> {
  try {
    yield* readChunks(file, path);
  } finally {
    closeSync(file);
  }
}

function* readChunks(file: number, path: string, before = () => {}): Iterable<string> {
  const buffer = Buffer.alloc(chunkBytes);
  try {
    for (;;) {
      before();
      const count = orFail(path, "read", () => unlessBusy(() => readSync(file, buffer)));
      if (count === 0) return;
      yield buffer.toString("latin1", 0, count);
    }
  } finally {
    buffer.fill(0);
  }
}

function orFail<T>(path: string, what: "open" | "read", call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw new FileError(path, what, error as NodeJS.ErrnoException);
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
