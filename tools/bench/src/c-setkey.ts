import { spawn } from "node:child_process";
import { type Outcome, runWatched } from "./child.ts";
import type { Figures } from "./measure.ts";
import type { Task } from "./workloads.ts";

/** What became of one run of another setkey. */
export interface OtherRun {
  name: string;
  count: number;
  /** None if it did not run. */
  figures?: Partial<Figures>;
  /** Why it did not run, or where the SAs were. */
  remark: string;
}

/**
 * Runs another setkey beside ours, once. All but parsing needs a kernel with PF_KEY: it is done in a network namespace of its
 * own, which has SAs of its own, so that this machine's stay as they are. What cannot be run says so.
 */
export async function runOtherSetkey(path: string, { file, count }: Task): Promise<OtherRun[]> {
  const network = await ownNetwork();
  const inNetwork = (argv: string[], remark: (outcome: Outcome) => string) =>
    "enter" in network
      ? attempt([...network.enter, path, ...argv], remark)
      : { remark: `did not run: no network namespace of its own: ${network.refused}` };
  const named = (name: string, run: Run): OtherRun => ({ name: `${name}, \`SETKEY_C\``, count, ...run });
  try {
    return [
      named("parse", await attempt([path, "-n", "-f", file], () => "")),
      named("load", await inNetwork(["-f", file], () => "into a kernel")),
      named("list", await inNetwork(["-D"], ({ entries }) => `${entries} SAs of a kernel`)),
    ];
  } finally {
    if ("leave" in network) network.leave();
  }
}

type Run = Pick<OtherRun, "figures" | "remark">;

async function attempt([command, ...argv]: string[], remark: (outcome: Outcome) => string): Promise<Run> {
  try {
    const outcome = await runWatched(command!, argv);
    const { status, firstLine, wallMs, firstByteMs, report } = outcome;
    if (status !== 0) return { remark: `did not run: ${firstLine || `ended with ${status}`}` };
    return { figures: { ...report, wallMs, firstByteMs }, remark: remark(outcome) };
  } catch (error) {
    return { remark: `did not run: ${(error as Error).message}` };
  }
}

/** The words before a command that run it in a network namespace; it lasts until it is left. */
interface Network {
  enter: string[];
  leave(): void;
}

/** A network namespace, kept by a `cat` in it. */
function ownNetwork(): Promise<Network | { refused: string }> {
  const holder = spawn("unshare", ["--net", "cat"], { stdio: "pipe" });
  return new Promise((resolve) => {
    let why = "";
    holder.stdout.once("data", () =>
      resolve({ enter: ["nsenter", `--net=/proc/${holder.pid}/ns/net`], leave: () => holder.stdin.end() }),
    );
    holder.stderr.on("data", (text: Buffer) => {
      why += text.toString();
    });
    holder.on("error", ({ message }) => resolve({ refused: message }));
    holder.on("close", (status) => resolve({ refused: why.trim() || `unshare ended with ${status}` }));
    // It may have ended before it could read.
    holder.stdin.on("error", () => {});
    holder.stdin.write("\n");
  });
}
