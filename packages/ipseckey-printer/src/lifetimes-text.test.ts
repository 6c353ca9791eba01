import type { OutgoingExtension } from "@keysock/wire";
import { expect, it } from "vitest";
import type { PrintOptions } from "./options.ts";
import { lifetime, linesOf, sa, sampleNow } from "./testing/sample.ts";

interface Row {
  name: string;
  lifetimes: OutgoingExtension[];
  options?: Partial<PrintOptions>;
  lines: string[];
}

const unused = lifetime("lifetimeCurrent", { addTime: sampleNow - 100n });
const currentLines = [
  "CLT: Current lifetime information:",
  "CLT: 0 bytes protected, 0 allocations used.",
  "CLT: SA added at time: Tue Dec 31 23:58:20 2019",
  "CLT: Time now is Wed Jan  1 00:00:00 2020",
];
const limits = (tag: string, name: string, addTime: string): string[] => [
  `${tag}: ${name} lifetime information:`,
  `${tag}: 0 bytes of lifetime, 0 allocations.`,
  `${tag}: ${addTime} of post-add lifetime.`,
  `${tag}: 0 seconds of post-use lifetime.`,
];

const rows: Row[] = [
  {
    name: "are at the end, current, soft, hard and idle, whatever their order",
    lifetimes: [
      lifetime("lifetimeIdle", { addTime: 3n, useTime: 4n, bytes: 9n }),
      lifetime("lifetimeHard", { addTime: 2n }),
      lifetime("lifetimeSoft", { addTime: 1n }),
    ],
    lines: [
      ...limits("SLT", "Soft", "1 seconds"),
      ...limits("HLT", "Hard", "2 seconds"),
      "ILT: Idle lifetime information:",
      "ILT: 3 seconds of post-add lifetime.",
      "ILT: 4 seconds of post-use lifetime.",
    ],
  },
  {
    name: "show when an SA was first used",
    lifetimes: [
      lifetime("lifetimeCurrent", { addTime: sampleNow, useTime: sampleNow, bytes: 2048n, allocations: 3 }),
    ],
    options: { rawTimes: true },
    lines: [
      "CLT: Current lifetime information:",
      "CLT: 2048 bytes (2.00 KB) protected, 3 allocations used.",
      "CLT: SA added at time: Wed Jan  1 00:00:00 2020",
      "CLT: \t(raw time value 1577836800)",
      "CLT: SA first used at time Wed Jan  1 00:00:00 2020",
      "CLT: \t(raw time value 1577836800)",
      "CLT: Time now is Wed Jan  1 00:00:00 2020",
      "CLT: \t(raw time value 1577836800)",
    ],
  },
  {
    name: "that end now have not ended",
    lifetimes: [unused, lifetime("lifetimeHard", { addTime: 100n })],
    lines: [
      ...currentLines,
      ...limits("HLT", "Hard", "100 seconds (1.67 minute)"),
      "HLT: Hard expiration occurs in 0 seconds",
      "HLT: Time of expiration: Wed Jan  1 00:00:00 2020.",
    ],
  },
  {
    name: "that ended",
    lifetimes: [unused, lifetime("lifetimeSoft", { addTime: 99n })],
    options: { rawTimes: true },
    lines: [
      currentLines[0]!,
      currentLines[1]!,
      currentLines[2]!,
      "CLT: \t(raw time value 1577836700)",
      currentLines[3]!,
      "CLT: \t(raw time value 1577836800)",
      ...limits("SLT", "Soft", "99 seconds (1.65 minute)"),
      "SLT: Soft expiration occurred",
      "SLT: Time of expiration: Tue Dec 31 23:59:59 2019.",
      "SLT: \t(raw time value 1577836799)",
    ],
  },
  {
    name: "that a first use has not begun yet do not end",
    lifetimes: [unused, lifetime("lifetimeHard", { useTime: 5n })],
    lines: [
      ...currentLines,
      ...limits("HLT", "Hard", "0 seconds").slice(0, 3),
      "HLT: 5 seconds of post-use lifetime.",
    ],
  },
  {
    name: "of bytes, more than used up",
    lifetimes: [
      lifetime("lifetimeCurrent", { bytes: 9n, addTime: sampleNow - 100n }),
      lifetime("lifetimeHard", { bytes: 8n, allocations: 1 }),
    ],
    lines: [
      "CLT: Current lifetime information:",
      "CLT: 9 bytes protected, 0 allocations used.",
      ...currentLines.slice(2),
      "HLT: Hard lifetime information:",
      "HLT: 8 bytes of lifetime, 1 allocations.",
      "HLT: 0 seconds of post-add lifetime.",
      "HLT: 0 seconds of post-use lifetime.",
      "HLT: 0 bytes more can be protected.",
    ],
  },
  {
    name: "above 32 bits",
    lifetimes: [lifetime("lifetimeHard", { addTime: 4294967416n })],
    lines: limits("HLT", "Hard", "4294967416 seconds (49710.27 days)"),
  },
  {
    name: "above 32 bits, as the original prints them",
    lifetimes: [lifetime("lifetimeHard", { addTime: 4294967416n })],
    options: { compat: true },
    lines: limits("HLT", "Hard", "4294967416 seconds (2.00 minutes)"),
  },
];

it.each(rows)("lifetimes $name", ({ lifetimes, options, lines }) => {
  expect(linesOf([...lifetimes, sa()], options)).toEqual([
    "SA: SADB_ASSOC spi=0x100, replay window size=0, state=MATURE",
    "SA: flags=0x0 < >",
    " LT: Lifetime information",
    ...lines,
    "",
  ]);
});
