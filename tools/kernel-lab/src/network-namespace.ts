import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import koffi from "koffi";

/** CLONE_NEWNET of linux/sched.h. */
const newNetwork = 0x40000000;

/**
 * A network of its own: interfaces, addresses, SAs and policies. Sockets and processes that are made while it is entered
 * belong to it. Only for tests: one that opens sockets elsewhere does not notice.
 *
 * @throws if this process lacks CAP_SYS_ADMIN
 */
export class NetworkNamespace {
  readonly #file: number;

  /** Makes one, with nothing in it but a loopback interface that is up, and enters it. */
  constructor() {
    checked("unshare", cLibrary().unshare(newNetwork));
    this.#file = openSync("/proc/thread-self/ns/net", "r");
    ip("link", "set", "lo", "up");
  }

  /** What ip(8) takes for `netns`, to move an interface here. */
  get path(): string {
    return `/proc/${process.pid}/fd/${this.#file}`;
  }

  enter(): void {
    checked("setns", cLibrary().setns(this.#file, newNetwork));
  }

  /** It is gone when the last socket and process in it are. */
  close(): void {
    closeSync(this.#file);
  }
}

/** Runs ip(8) in the network that is entered, and gives what it prints. */
export const ip = (...argv: string[]): string => runIp(argv, "");

/** Carries out commands of ip(8), each as a line, in one process. */
export const ipBatch = (lines: readonly string[]): string => runIp(["-batch", "-"], lines.join("\n"));

function runIp(argv: readonly string[], input: string): string {
  const { status, stdout, stderr, error } = spawnSync("ip", argv, {
    input,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`ip ${argv.join(" ")}: ${error?.message ?? stderr.trim()}`);
  return stdout;
}

type CLibrary = { unshare(flags: number): number; setns(file: number, type: number): number };

function cLibrary(): CLibrary {
  const library = koffi.load("libc.so.6");
  return {
    unshare: library.func("int unshare(int)"),
    setns: library.func("int setns(int, int)"),
  };
}

function checked(call: string, result: number): void {
  if (result !== 0) throw new Error(`${call}: errno ${koffi.errno()}`);
}
