import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync } from "node:fs";

/** A child that runs a Node script, ready when it has printed `ready`. End it by the given function. */
export async function startScript(
  script: string,
  ...args: string[]
): Promise<{ child: ChildProcess; end: () => void }> {
  const child = spawn(process.execPath, ["-e", script, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise<void>((resolve, reject) => {
    child.stdout!.on("data", (text) => String(text).includes("ready") && resolve());
    child.on("exit", (status) => reject(new Error(`the peer ended early: ${status}`)));
  });
  return { child, end: () => child.kill("SIGKILL") };
}

/** `nobody` on every Linux. */
const nobody = 65534;

/** Runs something without root's privileges; as it is where there are none to lose. */
export function unprivileged<T>(run: () => T): T {
  if (process.geteuid!() !== 0) return run();
  process.seteuid!(nobody);
  try {
    return run();
  } finally {
    process.seteuid!(0);
  }
}

/** How many file descriptors the process has open. */
export function openDescriptors(): number {
  return readdirSync("/proc/self/fd").length;
}

/** What a function throws. */
export function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
