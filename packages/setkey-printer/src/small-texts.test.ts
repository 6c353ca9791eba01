import { linux } from "@keysock/wire";
import { describe, expect, it, vi } from "vitest";
import { dateText } from "./date.ts";
import { hexDump } from "./hex-dump.ts";
import { resultLine, resultText } from "./result.ts";
import { timestamp } from "./timestamp.ts";

describe("hexDump", () => {
  const rows: [name: string, bytes: number, text: string][] = [
    ["nothing", 0, ""],
    ["a byte", 1, "00000000: 00 \n"],
    ["a line", 16, "00000000: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f \n"],
    [
      "a line and a bit",
      18,
      "00000000: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f \n00000010: 10 11 \n",
    ],
  ];
  it.each(rows)("%s", (_name, length, text) => {
    expect(hexDump(Uint8Array.from({ length }, (_, index) => index))).toBe(text);
  });
});

describe("timestamp", () => {
  const rows: [milliseconds: number, clock: string, unix: string][] = [
    [1795355925404.874, "13:58:45.404874 \n", "1795355925.404874 \n"],
    [1795355925000, "13:58:45.000000 \n", "1795355925.000000 \n"],
    [1795355925000.001, "13:58:45.000001 \n", "1795355925.000001 \n"],
    [1795355925999.9995, "13:58:46.000000 \n", "1795355926.000000 \n"],
    [0, "00:00:00.000000 \n", "0.000000 \n"],
  ];
  it.each(rows)("%f", (milliseconds, clock, unix) => {
    expect(timestamp(milliseconds, "clock")).toBe(clock);
    expect(timestamp(milliseconds, "unix")).toBe(unix);
  });
});

describe("dateText", () => {
  const rows: [seconds: bigint, text: string][] = [
    [0n, "                    "],
    [1n, "Jan  1 00:00:01 1970"],
    [1067964219n, "Nov  4 16:43:39 2003"],
    [1484815645n, "Jan 19 08:47:25 2017"],
    [4294967296n, "Feb  7 06:28:16 2106"],
    [0xffffffffffffffffn, "Dec 31 23:59:59 1969"],
    [253402300799n, "Dec 31 23:59:59 9999"],
    [253402300800n, "????????????????????"],
    [0x7fffffffffffffffn, "????????????????????"],
    [0x8000000000000000n, "????????????????????"],
  ];
  it.each(rows)("%i", (seconds, text) => {
    expect(dateText(seconds)).toBe(text);
  });

  it("is local time", () => {
    vi.stubEnv("TZ", "America/New_York");
    try {
      expect(dateText(1484815645n)).toBe("Jan 19 03:47:25 2017");
    } finally {
      vi.unstubAllEnvs();
    }
    expect(dateText(1484815645n)).toBe("Jan 19 08:47:25 2017");
  });
});

describe("resultText", () => {
  const rows: [type: Parameters<typeof resultText>[0], errno: number, text: string][] = [
    ["get", 2, "No entry"],
    ["delete", 2, "No entry"],
    ["spddelete", 2, "No entry"],
    ["dump", 2, "No SAD entries"],
    ["spddump", 2, "No SPD entries"],
    // The original prints `(null)` in these three.
    ["add", 2, "No such file or directory"],
    ["spdadd", 2, "No such file or directory"],
    ["flush", 2, "No such file or directory"],
    [200, 2, "No such file or directory"],
    ["get", 3, "No such process"],
    ["add", 17, "File exists"],
    ["dump", 22, "Invalid argument"],
    ["add", 93, "Protocol not supported"],
    ["add", 105, "No buffer space available"],
    ["add", 255, "Unknown error 255"],
  ];
  it.each(rows)("%s, errno %i", (type, errno, text) => {
    expect(resultText(type, errno, linux)).toBe(text);
  });
});

it("resultLine", () => {
  expect(resultLine("File exists", 2)).toBe("The result of line 2: File exists.\n");
  expect(resultLine("No SAD entries")).toBe("No SAD entries.\n");
});
