import { readFileSync } from "node:fs";

/** USER_HZ of every Linux that Node runs on. */
const ticksPerSecond = 100;

/**
 * The most memory that a process has had: VmHWM of proc(5). getrusage(2)'s maximum would count what the parent had when
 * it made the process. Undefined where there is no such file.
 */
export function peakBytesOf(pid: number | "self"): number | undefined {
  const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(read(pid, "status"))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** User and system time of a process, to a hundredth of a second; undefined where proc(5) does not tell. */
export function cpuMsOf(pid: number): number | undefined {
  // The second field is the program's name in brackets and may hold anything.
  const [, user, system] = /\) \S+(?: \S+){10} (\d+) (\d+)/.exec(read(pid, "stat")) ?? [];
  return user === undefined ? undefined : ((Number(user) + Number(system)) * 1000) / ticksPerSecond;
}

function read(pid: number | "self", file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
