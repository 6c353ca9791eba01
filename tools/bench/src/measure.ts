import { type Outcome, runOurs } from "./child.ts";
import { median } from "./median.ts";
import { perform, stageArgv, startUpArgv, type Task, type Workload, WorkloadError } from "./workloads.ts";

/** What several runs took: medians of the times, the most of the memory. */
export interface Figures {
  wallMs: number;
  cpuMs: number;
  /** From the start of the process to the first byte of its standard output; undefined where there is none. */
  firstByteMs: number | undefined;
  peakBytes: number;
}

/** Runs a workload several times. */
export async function measure(workload: Workload, task: Task, runs: number): Promise<Figures> {
  return figuresOf(await repeated(runs, () => perform(workload, workload.argv(task), task)));
}

/** The most that is alive on the way through a workload, in bytes. */
export async function measureLive(workload: Workload, task: Task): Promise<number> {
  const { report } = await perform(workload, workload.liveArgv(task), task);
  return report.liveBytes!;
}

/** What a setkey takes that has nothing to do. */
export async function measureStartUp(runs: number): Promise<Figures> {
  return figuresOf(await repeated(runs, () => runOurs(startUpArgv)));
}

/** What a stage takes for one item, in microseconds; the median of several passes in one process. */
export async function measureStage(name: string, count: number): Promise<number> {
  const { report, firstLine } = await runOurs(stageArgv(name, count));
  if (report.microseconds === undefined)
    throw new WorkloadError(name, `told nothing (${firstLine})`, "a time");
  return report.microseconds;
}

async function repeated<T>(times: number, run: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  while (results.length < times) results.push(await run());
  return results;
}

function figuresOf(outcomes: readonly Outcome[]): Figures {
  const firstBytes = outcomes.flatMap(({ firstByteMs }) => firstByteMs ?? []);
  return {
    wallMs: median(outcomes.map(({ wallMs }) => wallMs)),
    cpuMs: median(outcomes.map(({ report }) => report.cpuMs!)),
    firstByteMs: firstBytes.length === 0 ? undefined : median(firstBytes),
    peakBytes: Math.max(...outcomes.map(({ report }) => report.peakBytes!)),
  };
}
