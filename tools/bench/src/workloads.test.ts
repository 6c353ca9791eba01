import { accessSync, appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseScript } from "@keysock/setkey-grammar";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adds, writeAdds } from "./adds.ts";
import { runOurs } from "./child.ts";
import { measure, measureLive, measureStage } from "./measure.ts";
import { stages } from "./stages.ts";
import { perform, type Task, workloads } from "./workloads.ts";

const folder = mkdtempSync(join(tmpdir(), "bench-"));

beforeAll(() => {
  try {
    accessSync(fileURLToPath(new URL("../dist/worker.js", import.meta.url)));
  } catch {
    throw new Error("the bench is not built: run `npm test`, or build before the tests");
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

function taskOf(count: number): Task {
  const file = join(folder, `${count}.conf`);
  writeAdds(file, count);
  return { count, file };
}

const [parse, load, list] = workloads as [
  (typeof workloads)[0],
  (typeof workloads)[0],
  (typeof workloads)[0],
];

describe("a workload does what it says", () => {
  const count = 700;

  it("writes a file of so many adds, each with another SPI", () => {
    const statements = [...parseScript(adds(count))];
    expect(new Set(statements.map(({ kind }) => kind))).toEqual(new Set(["add"]));
    expect(new Set(statements.map((statement) => "spi" in statement && statement.spi.value)).size).toBe(
      count,
    );
  });

  it("parses the file to its end", async () => {
    const task = taskOf(count);
    expect((await perform(parse, parse.argv(task), task)).status).toBe(0);
    appendFileSync(task.file, "bogus;\n");
    const { status, firstLine } = await runOurs(parse.argv(task));
    expect({ status, firstLine }).toEqual({
      status: 1,
      firstLine: `line ${count + 1}: syntax error at [bogus]`,
    });
  });

  it("loads each statement into the sink", async () => {
    const task = taskOf(count);
    const { status, firstLine, report } = await perform(load, load.argv(task), task);
    expect({ status, firstLine, taken: report.taken }).toEqual({ status: 0, firstLine: "", taken: count });
  });

  it("lists each SA", async () => {
    const task = taskOf(count);
    const { status, firstLine, entries } = await perform(list, list.argv(task), task);
    expect({ status, firstLine, entries }).toEqual({
      status: 0,
      firstLine: "192.0.2.1 10.0.0.1 ",
      entries: count,
    });
  });

  it.each(Object.entries(stages))("does each item in the stage %s", (_, stage) => {
    const work = stage(50);
    expect([work(), work()]).toEqual([50, 50]);
  });
});

describe("a measurement", () => {
  it("has all its figures", async () => {
    const figures = await measure(list, taskOf(10), 2);
    expect(Object.entries(figures).filter(([, value]) => !(value! > 0))).toEqual([]);
    expect(figures.firstByteMs).toBeLessThanOrEqual(figures.wallMs);
  });

  it("has a time for a stage", async () => {
    expect(await measureStage("decode", 10)).toBeGreaterThan(0);
  });

  it("fails when not all was done", async () => {
    const { file } = taskOf(10);
    await expect(perform(load, load.argv({ file, count: 11 }), { file, count: 11 })).rejects.toThrow(
      '"load" did 10, expected 11',
    );
  });

  it("fails when the command does", async () => {
    const task = { count: 1, file: "/nowhere/x.conf" };
    await expect(perform(parse, parse.argv(task), task)).rejects.toThrow(
      "\"parse\" ended with 1 (setkey: Can't open `/nowhere/x.conf': No such file or directory), expected 0",
    );
  });
});

describe("memory does not grow", { timeout: 60_000 }, () => {
  const [few, many] = [2000, 20_000];
  /** Less than anything that is kept for a statement, more than what V8 makes as code gets hot. */
  const bytesEach = 100;

  it.each(workloads)("with the statements or SAs of $name", async (workload) => {
    const [ofFew, ofMany] = [
      await measureLive(workload, taskOf(few)),
      await measureLive(workload, taskOf(many)),
    ];
    expect(ofMany - ofFew).toBeLessThan(bytesEach * (many - few));
  });

  it("or else it is seen", async () => {
    const kept = async (count: number) => {
      const script = `
        const { liveMemory } = await import("${new URL("../dist/live-memory.js", import.meta.url)}");
        const { tell } = await import("${new URL("../dist/report.js", import.meta.url)}");
        const live = liveMemory(), kept = [];
        for (let i = 0; i < ${count}; i += 1) { live.look(); kept.push(new Uint8Array(200)); }
        tell({ liveBytes: live.most });`;
      const { report } = await runOurs(["--expose-gc", "--input-type=module", "--eval", script]);
      return report.liveBytes!;
    };
    expect((await kept(many)) - (await kept(few))).toBeGreaterThan(bytesEach * (many - few));
  });
});
