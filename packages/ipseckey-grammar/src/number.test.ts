import { describe, expect, it } from "vitest";
import { fits, parseNumber } from "./number.ts";

// As the C library reads them; the first rows are those of the recorded runs.
const rows: [text: string, value: bigint | undefined][] = [
  ["0x10", 16n],
  ["16", 16n],
  ["020", 16n],
  ["08", undefined],
  ["12k", undefined],
  ["-1", 0xffff_ffff_ffff_ffffn],
  ["+5", 5n],
  ["0x", undefined],
  ["0xg", undefined],
  ["4294967296", 4294967296n],
  ["18446744073709551615", 18446744073709551615n],
  ["18446744073709551616", undefined],
  ["-18446744073709551615", 1n],
  ["-18446744073709551616", undefined],
  ["1.5", undefined],
  ["1e3", undefined],
  [" 7", 7n],
  ["7 ", undefined],
  ["", undefined],
  ["-", undefined],
  ["0", 0n],
  ["-0", 0n],
  ["00", 0n],
  ["0XfF", 255n],
  ["- 1", undefined],
  ["tcp", undefined],
  ["1_000", undefined],
  [`${"0".repeat(100)}7`, 7n],
  ["9".repeat(1_000_000), undefined],
];

it.each(rows)("%j is %s", (text, value) => {
  expect(parseNumber(text)).toBe(value);
});

describe("fields", () => {
  it.each([
    ["255", 8, true],
    ["256", 8, false],
    ["-1", 8, true],
    ["-128", 8, true],
    ["-129", 8, false],
    ["4294967295", 32, true],
    ["4294967296", 32, false],
    ["-1", 32, true],
    ["18446744073709551615", 64, true],
  ])("%s in %i bits: %s", (text, bits, value) => {
    expect(fits(parseNumber(text)!, bits)).toBe(value);
  });
});
