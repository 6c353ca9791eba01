import { expect, it } from "vitest";
import { timeText } from "./time-text.ts";

const rows: [seconds: bigint, text: string][] = [
  [0n, "Thu Jan  1 00:00:00 1970"],
  [1571328712n, "Thu Oct 17 16:11:52 2019"],
  [1569888000n, "Tue Oct  1 00:00:00 2019"],
  [4294967296n, "Sun Feb  7 06:28:16 2106"],
  // A time_t is signed.
  [0xffff_ffff_ffff_ffffn, "Wed Dec 31 23:59:59 1969"],
  [1n << 62n, "<time conversion failed>"],
];

// Tests run in UTC.
it.each(rows)("%d", (seconds, text) => {
  expect(timeText(seconds)).toBe(text);
});
