import type { Files } from "../files.ts";
import type { Io } from "../io.ts";
import { testFiles } from "./test-files.ts";

/** Streams that are strings. */
export interface TestIo extends Io {
  stdout(): string;
  stderr(): string;
  /** ^C. */
  interrupt(): void;
}

/** An {@link Io} over files in memory. */
export function testIo(
  given: {
    files?: Files;
    input?: Iterable<string>;
    environment?: Record<string, string>;
    platform?: string;
  } = {},
): TestIo {
  let stdout = "";
  let stderr = "";
  const listeners = new Set<() => void>();
  return {
    input: () => given.input ?? [],
    openTerminal: undefined,
    files: given.files ?? testFiles(new Map()),
    out(text) {
      stdout += text;
    },
    err(text) {
      stderr += text;
    },
    flush() {},
    turn: () => Promise.resolve(),
    onInterrupt(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    uninterrupted: async (work) => work(),
    environment: given.environment ?? {},
    platform: given.platform ?? "sunos",
    stdout: () => stdout,
    stderr: () => stderr,
    interrupt() {
      for (const listener of listeners) listener();
    },
  };
}
