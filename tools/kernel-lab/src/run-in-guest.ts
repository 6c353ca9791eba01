import { once } from "node:events";
import { copyFileSync } from "node:fs";
import type { Readable, Writable } from "node:stream";
import type { Prepared } from "./cache.ts";
import { Guest, GuestGoneError } from "./guest.ts";
import { guestScript } from "./guest-script.ts";

/** One command for one machine. */
export interface GuestRun {
  command: readonly string[];
  /** Where it runs, a folder of the host. */
  folder: string;
  /** A folder of the host that it may write to. */
  scratch: string;
  /** In seconds. */
  timeLimit: number;
  stdin: Readable;
  stdout: Writable;
  stderr: Writable;
  /** Ends the machine early. */
  signal: AbortSignal;
  /** Where the kernel's messages go unless the status is 0. */
  kernelLog: string;
}

/** How it ended. */
export interface GuestEnd {
  /** The command's own, or 124 where the time was over, as timeout(1) has it, or 125 where the machine broke down. */
  status: number;
  /** Why the status is not the command's. */
  trouble?: string;
}

const timedOutStatus = 124;
const brokenStatus = 125;

/** Runs a command in a machine of its own, made from the snapshot. */
export async function runInGuest(prepared: Prepared, run: GuestRun): Promise<GuestEnd> {
  run.signal.throwIfAborted();
  const guest = await Guest.start(prepared, run.scratch, true);
  const kill = () => guest.kill();
  run.signal.addEventListener("abort", kill);
  if (run.signal.aborted) kill();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    kill();
  }, run.timeLimit * 1000);
  try {
    const read = [piped(guest.stream("stdout"), run.stdout), piped(guest.stream("stderr"), run.stderr)];
    run.stdin.pipe(guest.stream("stdin")).on("error", () => {});
    const script = guestScript(run.command, run.folder, process.env["PATH"] ?? "");
    guest.tell(`${Math.floor(Date.now() / 1000)} ${Buffer.byteLength(script)}\n${script}`);
    const status = await exitStatus(guest);
    run.signal.throwIfAborted();
    const end: GuestEnd = timedOut
      ? { status: timedOutStatus, trouble: `ended after ${run.timeLimit} s, the time limit` }
      : status === undefined
        ? { status: brokenStatus, trouble: "the machine ended before the command did" }
        : { status };
    if (end.status !== 0) copyFileSync(guest.console, run.kernelLog);
    await guest.end();
    await Promise.all(read);
    return end;
  } finally {
    clearTimeout(timer);
    run.signal.removeEventListener("abort", kill);
    run.stdin.unpipe();
    await guest.close();
  }
}

/** What the guest said at its end. A machine that was killed or that panicked says nothing. */
async function exitStatus(guest: Guest): Promise<number | undefined> {
  try {
    return Number((await guest.line()).replace("exit ", ""));
  } catch (error) {
    if (error instanceof GuestGoneError) return undefined;
    throw error;
  }
}

async function piped(from: Readable, to: Writable): Promise<void> {
  from.on("data", (chunk) => {
    if (to.write(chunk)) return;
    from.pause();
    to.once("drain", () => from.resume());
  });
  await once(from, "end");
}
