import { ipseckeyCases } from "@keysock/goldens";
import { describe, expect, it } from "vitest";
import { replay } from "./testing/replay.ts";

/** The rules of the original's prompt where no recording is at hand: what of its output is prompts. */
const prompts: [name: string, stdin: string, count: number][] = [
  ["an empty line", "\n", 1],
  ["lines of blanks, between commands", "\n  \t\nflush\n\n", 4],
  ["a comment", "# hi\n  # ho\n", 0],
  ["an empty line behind a backslash", "\\\n\n", 1],
  ["an empty line that ends a command", "flush \\\n\n", 1],
];

const nothing = {
  files: new Map(),
  environment: new Map(),
  replies: [],
  saved: new Map(),
  argv: [],
  stdin: "",
};

it.each([[["-s", "full"]], [["save", "all", "full"]]])("says so when the disk is full: %j", async (argv) => {
  const { stdout, stderr, exit } = await replay({ ...nothing, argv });
  expect({ stdout, stderr, exit }).toEqual({
    stdout: "ipseckey: Fatal error - exiting.\n",
    stderr: "ipseckey: ERROR: full write error: No space left on device\n\n",
    exit: 1,
  });
});

describe("what a pipe is prompted for, under --compat=illumos", () => {
  it.each(prompts)("%s", async (_, stdin, count) => {
    const { stdout, stderr, exit } = await replay({ ...nothing, stdin });
    expect([stdout, stderr, exit]).toEqual(["ipseckey> ".repeat(count), "", 0]);
  });
});

describe("recorded runs, under --compat=illumos", () => {
  it.each(ipseckeyCases())("$name", async (recorded) => {
    const { stdout, stderr, exit, saved, sent } = recorded;
    expect(await replay(recorded)).toEqual({
      stdout,
      stderr,
      exit,
      sent: sent.map((bytes) => Buffer.from(bytes).toString("hex")),
      saved: Object.fromEntries(saved),
    });
  });
});
