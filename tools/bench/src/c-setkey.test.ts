import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { runOtherSetkey } from "./c-setkey.ts";

const folder = mkdtempSync(join(tmpdir(), "bench-"));
afterAll(() => rmSync(folder, { recursive: true }));

const task = { count: 7, file: "7.conf" };

it("gives figures of what runs, and of the rest why it does not", async () => {
  const program = join(folder, "setkey");
  const lines = ["#!/bin/sh", '[ "$*" = "-n -f 7.conf" ] && exec sleep 0.5', "echo no PF_KEY >&2", "exit 1"];
  writeFileSync(program, lines.join("\n"), { mode: 0o755 });
  const [parse, ...rest] = await runOtherSetkey(program, task);
  expect(parse).toMatchObject({ name: "parse, `SETKEY_C`", count: 7, remark: "" });
  expect(parse!.figures!.wallMs).toBeGreaterThan(0);
  expect(parse!.figures!.peakBytes).toBeGreaterThan(0);
  expect(rest).toEqual(
    ["load", "list"].map((name) => ({
      name: `${name}, \`SETKEY_C\``,
      count: 7,
      remark: expect.stringMatching(/^did not run: (no PF_KEY$|no network namespace of its own: )/),
    })),
  );
});

it("says so where there is no such program", async () => {
  for (const { figures, remark } of await runOtherSetkey("/nowhere/setkey", task)) {
    expect(figures).toBeUndefined();
    expect(remark).toMatch(/^did not run: .*(ENOENT|No such file|no network namespace)/);
  }
});
