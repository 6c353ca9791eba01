import { expect, it } from "vitest";
import { parseOptions, UsageError } from "./record-options.ts";

const inLab = { LAB_SCRATCH: "/run/scratch" };

it.each([
  [
    "all of it",
    ["--setkey", "s", "--out", "o", "a.txtar", "b.txtar"],
    {},
    { setkey: "s", out: "o", cases: ["a.txtar", "b.txtar"] },
  ],
  [
    "the lab's folder",
    ["--setkey", "s", "a.txtar"],
    inLab,
    { setkey: "s", out: "/run/scratch", cases: ["a.txtar"] },
  ],
  [
    "a folder of its own",
    ["--setkey", "s", "--out", "o", "a.txtar"],
    inLab,
    { setkey: "s", out: "o", cases: ["a.txtar"] },
  ],
])("takes %s", (_, argv, environment, options) => {
  expect(parseOptions(argv, environment)).toEqual(options);
});

it.each([
  ["no program", ["--out", "o", "a.txtar"], {}, "no program: expected --setkey and its path"],
  ["no folder", ["--setkey", "s", "a.txtar"], {}, "no folder to write to: expected --out and its path"],
  ["no case", ["--setkey", "s"], inLab, "no case: expected files that end in .txtar"],
  ["an option that is none", ["--into", "o"], inLab, '"--into" is no option: expected --setkey or --out'],
  ["an option without its value", ["--setkey"], inLab, '"--setkey" lacks its value'],
])("refuses %s", (_, argv, environment, message) => {
  expect(() => parseOptions(argv, environment)).toThrow(new UsageError(message));
});
