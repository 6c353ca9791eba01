// A bulk load into the kernel beside `ip -batch`: `node dist/bulk.js [--count 10000] [--runs 3] [--of sas|policies] [--via xfrm]`.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Batch, policyBatch, saBatch } from "./batches.ts";
import { grouped, ratio, seconds, table } from "./markdown.ts";
import { median } from "./median.ts";

const setkey = fileURLToPath(new URL("../../../apps/setkey/bin/setkey", import.meta.url));

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "10000" },
    runs: { type: "string", default: "3" },
    of: { type: "string", default: "policies" },
    via: { type: "string", default: "xfrm" },
  },
});
const batches: Record<string, (count: number) => Batch> = { sas: saBatch, policies: policyBatch };

const folder = mkdtempSync(join(tmpdir(), "keysock-bench-"));
try {
  print(compare(values.of, Number(values.count), Number(values.runs), values.via));
} finally {
  rmSync(folder, { recursive: true });
}

/** Loads by turns, each time into an empty network namespace, and gives the medians as a table. */
function compare(of: string, count: number, runs: number, via: string): string {
  const batch = batches[of]?.(count);
  if (batch === undefined) throw new RangeError(`--of: "${of}", expected sas or policies`);
  const files = { setkey: join(folder, "setkey"), ip: join(folder, "ip") };
  writeFileSync(files.setkey, batch.setkey);
  writeFileSync(files.ip, batch.ip);
  const counted = `ip xfrm ${of === "sas" ? "state" : "policy"} count`;
  const times = { ip: [] as number[], setkey: [] as number[] };
  for (let run = 0; run < runs; run += 1) {
    times.ip.push(load(`ip -batch '${files.ip}'`, counted, count));
    times.setkey.push(load(`'${setkey}' --via=${via} -f '${files.setkey}'`, counted, count));
  }
  const row = (name: string, all: number[]) => [
    name,
    grouped(count),
    seconds(median(all)),
    ratio(median(all), median(times.ip)),
  ];
  return table(
    [of, "count", "wall, s", "ratio"],
    [row("ip -batch", times.ip), row(`setkey --via=${via} -f`, times.setkey)],
  );
}

/** Milliseconds that a load takes; an error unless the kernel has so many afterwards. */
function load(command: string, counted: string, count: number): number {
  const clock = "date +%s%N";
  const script = `a=$(${clock}) && ${command} && b=$(${clock}) && echo $a $b && ${counted}`;
  const { status, stdout, stderr } = spawnSync("unshare", ["--net", "sh", "-c", script], {
    encoding: "utf8",
  });
  const [, begin, end, had] = /^(\d+) (\d+)\n.*(?:OUT|count) +(\d+)/.exec(stdout) ?? [];
  if (status !== 0 || Number(had) !== count) {
    throw new Error(`${command}: status ${status}, ${had ?? "none"} of ${count} loaded: ${stderr}`);
  }
  return Number(BigInt(end!) - BigInt(begin!)) / 1e6;
}

function print(text: string): void {
  process.stdout.write(text);
}
