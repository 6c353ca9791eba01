// Prints the tables of README.md: `node dist/main.js [--count 100000] [--runs 3]`, with SETKEY_C=/path beside another setkey.
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeAdds } from "./adds.ts";
import { runOtherSetkey } from "./c-setkey.ts";
import { measure, measureLive, measureStage, measureStartUp } from "./measure.ts";
import { stages } from "./stages.ts";
import { type MemoryRow, memoryTable, stagesTable, type TimesRow, timesTable } from "./tables.ts";
import { type Task, workloads } from "./workloads.ts";

const smallCount = 100;
const stageItems = 5000;

const { values } = parseArgs({
  options: { count: { type: "string", default: "100000" }, runs: { type: "string", default: "3" } },
});
const count = positive("count", values.count);
const runs = positive("runs", values.runs);

const folder = mkdtempSync(join(tmpdir(), "keysock-bench-"));
try {
  print(`Node ${process.version}, ${availableParallelism()} cores, ${cpus()[0]?.model.trim()}`);
  await printWorkloads(taskOf(smallCount), taskOf(count));
  await printStages();
} finally {
  rmSync(folder, { recursive: true });
}

async function printWorkloads(few: Task, many: Task): Promise<void> {
  const startUp = await measureStartUp(runs);
  const times: TimesRow[] = [];
  const memory: MemoryRow[] = [];
  for (const workload of workloads) {
    const { name } = workload;
    const ofFew = await measure(workload, few, runs);
    const ofMany = await measure(workload, many, runs);
    times.push({ name, count: few.count, figures: ofFew }, { name, count: many.count, figures: ofMany });
    memory.push({
      name,
      peakBytes: { few: ofFew.peakBytes, many: ofMany.peakBytes },
      liveBytes: { few: await measureLive(workload, few), many: await measureLive(workload, many) },
    });
  }
  const other = process.env["SETKEY_C"];
  print(timesTable(startUp, times, other === undefined ? [] : await runOtherSetkey(other, many)));
  print(memoryTable(few.count, many.count, memory));
}

async function printStages(): Promise<void> {
  const rows = [];
  for (const name of Object.keys(stages)) {
    rows.push({ name, microseconds: await measureStage(name, stageItems) });
  }
  print(stagesTable(rows));
}

function positive(option: string, text: string): number {
  if (/^[1-9]\d{0,7}$/.test(text)) return Number(text);
  throw new RangeError(`--${option}: "${text}", expected a number from 1 to 99999999`);
}

function taskOf(count: number): Task {
  const file = join(folder, `${count}.conf`);
  writeAdds(file, count);
  return { count, file };
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
