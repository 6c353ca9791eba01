import { FileError, type Io } from "../io.ts";

/** Streams that are strings. */
export interface TestIo extends Io {
  stdout(): string;
  stderr(): string;
}

/** An {@link Io} over files in memory. */
export function testIo(given: {
  files?: ReadonlyMap<string, string>;
  input?: string;
  environment?: Record<string, string>;
}): TestIo {
  let stdout = "";
  let stderr = "";
  return {
    input: () => [given.input ?? ""],
    inputIsTerminal: false,
    terminal: () => undefined,
    open(path) {
      const text = given.files?.get(path);
      if (path === "/etc") return failing(new FileError(path, "read", { name: "", message: "", errno: -21 }));
      if (text === undefined) throw new FileError(path, "open", { name: "", message: "", errno: -2 });
      return [text];
    },
    out(text) {
      stdout += text;
    },
    err(text) {
      stderr += text;
    },
    flush() {},
    turn: () => Promise.resolve(),
    environment: given.environment ?? {},
    stdout: () => stdout,
    stderr: () => stderr,
  };
}

const failing = (error: Error): Iterable<string> => ({
  [Symbol.iterator]() {
    throw error;
  },
});
