import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { maskText } from "./masks.ts";

export const bin: string = fileURLToPath(new URL("../../bin/setkey", import.meta.url));

/** How a program ended, and what it wrote, with what varies masked. */
export interface Ended {
  exit: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A program that runs as a process, with pipes. */
export interface RunningProgram {
  child: ChildProcess;
  /** Waits until it has written that. @throws if it ends first */
  shows(pattern: RegExp): Promise<void>;
  ended: Promise<Ended>;
}

/** Longer than a program takes under emulation. */
const patienceMs = 120_000;

/** Starts the command, or another program that starts it. It is killed when it takes too long. */
export function start(
  argv: readonly string[],
  { via, before = [] }: { via: string; before?: readonly string[] },
): RunningProgram {
  const [file, ...args] = [...before, bin, ...argv];
  const env = { ...process.env, KEYSOCK_VIA: via };
  const child = spawn(file!, args, { stdio: "pipe", env, timeout: patienceMs });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("latin1").on("data", (text) => {
    stdout += text;
  });
  child.stderr.setEncoding("latin1").on("data", (text) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exit, signal) => resolve({ exit, signal, stdout: maskText(stdout), stderr }));
  });
  return {
    child,
    ended,
    shows: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (pattern.test(stdout)) resolve();
        };
        child.stdout.on("data", look);
        child.on("close", () => reject(new Error(`ended before it showed ${pattern}: ${stdout}${stderr}`)));
        look();
      }),
  };
}

/** Runs the command to its end. @param input - its standard input */
export function finished(
  argv: readonly string[],
  options: { via: string; before?: readonly string[]; input?: string },
): Promise<Ended> {
  const { child, ended } = start(argv, options);
  child.stdin!.end(options.input ?? "", "latin1");
  return ended;
}
