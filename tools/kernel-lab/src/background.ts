import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, fstatSync, mkdtempSync, openSync, readFileSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** How a program ended. */
export interface ProgramEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
}

const endBytes = 4096;

/**
 * A program that runs beside a test, in the network that is entered. It writes to files, so that it never waits for a test that is
 * busy.
 */
export class Background {
  readonly #child: ChildProcess;
  readonly #folder = mkdtempSync(join(tmpdir(), "background-"));
  readonly ended: Promise<ProgramEnd>;

  constructor([program, ...argv]: readonly [string, ...string[]]) {
    const files = ["stdout", "stderr"].map((name) => openSync(join(this.#folder, name), "w"));
    this.#child = spawn(program, argv, {
      stdio: ["pipe", files[0]!, files[1]!],
    });
    for (const file of files) closeSync(file);
    this.ended = new Promise((resolve, reject) => {
      this.#child.on("error", reject);
      this.#child.on("exit", (code, signal) => resolve({ code, signal }));
    });
  }

  /** What it has written so far, one character a byte. */
  get stdout(): string {
    return readFileSync(join(this.#folder, "stdout"), "latin1");
  }

  /** The end of it: up to 4096 characters. */
  get stdoutEnd(): string {
    const file = openSync(join(this.#folder, "stdout"), "r");
    try {
      const bytes = Buffer.alloc(endBytes);
      const count = readSync(file, bytes, 0, endBytes, Math.max(0, fstatSync(file).size - endBytes));
      return bytes.toString("latin1", 0, count);
    } finally {
      closeSync(file);
    }
  }

  get stderr(): string {
    return readFileSync(join(this.#folder, "stderr"), "latin1");
  }

  /** Writes to its standard input. */
  type(keys: string): void {
    this.#child.stdin!.write(keys);
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Ends it if it still runs. What it wrote is gone. */
  close(): void {
    this.#child.kill("SIGKILL");
    rmSync(this.#folder, { recursive: true });
  }
}

const patienceMs = 240_000;
const lookEveryMs = 50;

/**
 * Waits until something is so.
 *
 * @param what - for the error where it does not come about
 */
export async function until(what: string, isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`waited ${patienceMs} ms for this: ${what}`);
    await setTimeout(lookEveryMs);
  }
}
