import { expect, it } from "vitest";
import { cpuMsOf, peakBytesOf } from "./proc.ts";

it("sees what this process has used", () => {
  expect(peakBytesOf("self")).toBeGreaterThan(1e6);
  expect(peakBytesOf(process.pid)).toBeLessThanOrEqual(process.resourceUsage().maxRSS * 1024);
  expect(cpuMsOf(process.pid)).toBeGreaterThan(0);
});

it("sees nothing of a process that is not there", () => {
  expect([peakBytesOf(0), cpuMsOf(0)]).toEqual([undefined, undefined]);
});
