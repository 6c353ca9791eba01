import { describe, expect, it } from "vitest";
import { type KernelTestResult, readResult } from "./kernel-test-result.ts";
import { missing, readManifest, writeManifest } from "./manifest.ts";

const result = (kernelTest: string, outcome: KernelTestResult["outcome"] = "passed"): KernelTestResult => ({
  kernelTest,
  outcome,
  milliseconds: 1,
});

describe("a manifest", () => {
  it.each([
    { name: "all ran", ran: [result("a"), result("b")], wrong: [] },
    { name: "a failure is told elsewhere", ran: [result("a"), result("b", "failed")], wrong: [] },
    { name: "one is missing", ran: [result("a")], wrong: ["did not run: b"] },
    { name: "one was skipped", ran: [result("a"), result("b", "skipped")], wrong: ["was skipped: b"] },
    {
      name: "one is new",
      ran: [result("a"), result("b"), result("c")],
      wrong: ["is not in the manifest: c"],
    },
  ])("$name", ({ ran, wrong }) => {
    expect(missing(["a", "b"], ran)).toEqual(wrong);
  });

  it("is written as it is read", () => {
    expect(readManifest(writeManifest([result("b"), result("a"), result("a")]))).toEqual(["a", "b"]);
  });
});

describe("a line of a test's output", () => {
  it("is a result or something else", () => {
    expect(readResult(JSON.stringify(result("a > b")))).toEqual(result("a > b"));
    expect(readResult("(node:1) Warning: something")).toBeUndefined();
  });
});
