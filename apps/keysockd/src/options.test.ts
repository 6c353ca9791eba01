import { tableHost } from "@keysock/host";
import { describe, expect, it } from "vitest";
import { parseOptions } from "./options.ts";
import { run } from "./run.ts";
import { usageText } from "./usage.ts";

const given = { path: "/run/key.sock", personality: "linux" };

describe("arguments", () => {
  it.each([
    ["--listen /run/key.sock --personality linux", given],
    ["--listen=/run/key.sock --personality=linux", given],
    ["--personality linux --listen key.sock", { path: "key.sock", personality: "linux" }],
    ["--listen key.sock --personality illumos", { path: "key.sock", personality: "illumos" }],
    ["--help", "help"],
    ["-h", "help"],
    ["--listen /run/key.sock --help", "help"],
  ])("%s", (text, value) => {
    expect(parseOptions(text.split(" "))).toEqual(value);
  });
});

async function status(argv: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const io = { out: (text: string) => void out.push(text), err: (text: string) => void err.push(text) };
  const exit = await run(argv, io, tableHost(), new AbortController().signal);
  return { exit, out: out.join(""), err: err.join("") };
}

describe("a daemon that does not start", () => {
  it.each([
    [[], "--listen PATH is missing"],
    [["--listen", "/run/key.sock"], "--personality NAME is missing"],
    [["--listen=", "--personality=linux"], '"" is no path to listen on'],
    [["--listen", "--personality", "linux"], "Option '--listen' argument is ambiguous."],
    [["--listen"], "Option '--listen <value>' argument missing"],
    [["--listen=a", "--personality=plan9"], '"plan9" is no personality: expected linux or illumos\n'],
    [["--frobnicate"], "Unknown option '--frobnicate'"],
    [["--help=yes"], "Option '-h, --help' does not take an argument"],
    [["key.sock"], "Unexpected argument 'key.sock'."],
  ])("%j", async (argv, message) => {
    const { exit, out, err } = await status(argv);
    expect({ exit, out }).toEqual({ exit: 1, out: "" });
    expect(err.startsWith(`keysockd: ${message}`)).toBe(true);
    expect(err.endsWith(`\n${usageText()}`)).toBe(true);
  });

  it("shows its usage where it is asked for", async () => {
    expect(await status(["--help"])).toEqual({ exit: 0, out: usageText(), err: "" });
  });
});
