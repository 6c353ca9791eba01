import { expect, it } from "vitest";
import { bytesRemark, secondsRemark } from "./size-remark.ts";

const bytes: [number: bigint, text: string][] = [
  [0n, ""],
  [1024n, ""],
  [1025n, "(1.00 KB)"],
  // Exactly between: printf(3) takes the even digit.
  [1152n, "(1.12 KB)"],
  [1408n, "(1.38 KB)"],
  [16000000n, "(15.26 MB)"],
  [1048575n, "(1024.00 KB)"],
  [1048576n, "(1.00 MB)"],
  [1073741824n, "(1.00 GB)"],
  [1n << 40n, "(1.00 TB)"],
  [1n << 50n, "(1.00 PB)"],
  [1n << 60n, "(1.00 EB)"],
  [(1n << 64n) - 1n, "(16.00 EB)"],
];

it.each(bytes)("%d bytes", (number, text) => {
  expect(bytesRemark(number)).toBe(text);
});

const seconds: [number: bigint, text: string][] = [
  [0n, ""],
  [60n, ""],
  [61n, "(1.02 minute)"],
  [119n, "(1.98 minute)"],
  [120n, "(2.00 minutes)"],
  [3599n, "(59.98 minutes)"],
  [3600n, "(1.00 hour)"],
  [7199n, "(2.00 hour)"],
  [7200n, "(2.00 hours)"],
  [28800n, "(8.00 hours)"],
  [86399n, "(24.00 hours)"],
  [86400n, "(1.00 day)"],
  [172800n, "(2.00 days)"],
  [4294967416n, "(49710.27 days)"],
];

it.each(seconds)("%d seconds", (number, text) => {
  expect(secondsRemark(number)).toBe(text);
});
