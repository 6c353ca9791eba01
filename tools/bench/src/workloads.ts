import { fileURLToPath } from "node:url";
import { type Outcome, runOurs } from "./child.ts";

const setkey = fileURLToPath(new URL("../../../apps/setkey/bin/setkey", import.meta.url));
const worker = fileURLToPath(new URL("../dist/worker.js", import.meta.url));

/** What a workload works on. */
export interface Task {
  /** Statements in the file, and SAs in the listing. */
  count: number;
  /** A file of so many {@link adds}. */
  file: string;
}

/** Something that setkey does a hundred thousand times. */
export interface Workload {
  name: string;
  /** What runs it in a process of its own. */
  argv(task: Task): string[];
  /** The same with a look at what is alive. */
  liveArgv(task: Task): string[];
  /** How often it did what it is to do; undefined where it does not show. */
  done?(outcome: Outcome): number | undefined;
}

/** One row a workload. */
export const workloads: readonly Workload[] = [
  {
    name: "parse",
    argv: ({ file }) => [setkey, "-n", "-f", file],
    liveArgv: ({ file }) => ["--expose-gc", worker, "parse", file],
  },
  {
    name: "load",
    argv: ({ file }) => [worker, "load", file],
    liveArgv: ({ file }) => ["--expose-gc", worker, "load", file],
    done: ({ report }) => report.taken,
  },
  {
    name: "list",
    argv: ({ count }) => [worker, "list", `${count}`],
    liveArgv: ({ count }) => ["--expose-gc", worker, "list", `${count}`],
    done: ({ entries }) => entries,
  },
];

/** What a process takes that has nothing to do. */
export const startUpArgv: readonly string[] = [setkey, "-V"];

/** A stage in a process of its own. */
export const stageArgv = (name: string, count: number): string[] => [worker, "stage", name, `${count}`];

/** A workload did not do what it was to do, so its times mean nothing. */
export class WorkloadError extends Error {
  override readonly name = "WorkloadError";

  constructor(workload: string, found: string, expected: string) {
    super(`"${workload}" ${found}, expected ${expected}`);
  }
}

/**
 * Runs a workload and checks that it did all of it.
 *
 * @throws WorkloadError
 */
export async function perform(
  workload: Workload,
  argv: readonly string[],
  { count }: Task,
): Promise<Outcome> {
  const outcome = await runOurs(argv);
  if (outcome.status !== 0) {
    throw new WorkloadError(workload.name, `ended with ${outcome.status} (${outcome.firstLine})`, "0");
  }
  const done = workload.done === undefined ? count : workload.done(outcome);
  if (done !== count) throw new WorkloadError(workload.name, `did ${done}`, `${count}`);
  return outcome;
}
