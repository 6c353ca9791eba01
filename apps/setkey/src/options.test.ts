import { describe, expect, it } from "vitest";
import { OptionError, type Options, parseOptions } from "./options.ts";

const none = parseOptions([]);

/** Arguments, and where they differ from none at all. */
const accepted: readonly (readonly [argv: string[], differs: Partial<Options>])[] = [
  [[], {}],
  [["-D"], { mode: "dump" }],
  [["-DP"], { mode: "dump", policies: true }],
  [["-PD"], { mode: "dump", policies: true }],
  [["-Da"], { mode: "dump", dead: true }],
  [["-Dl"], { mode: "dump", loop: true }],
  [["-DPp"], { mode: "dump", policies: true, ports: true }],
  [["-DF"], { mode: "flush" }],
  [["-FD"], { mode: "dump" }],
  [["-c", "-D"], { mode: "dump" }],
  [["-D", "-F"], { mode: "flush" }],
  [["-c", "-f", "a.conf"], { mode: "file", file: "a.conf" }],
  [["-fa.conf"], { mode: "file", file: "a.conf" }],
  [["-vf", "a.conf"], { mode: "file", file: "a.conf", verbose: true }],
  [["-f", "-"], { mode: "file", file: "-" }],
  [["-f", "-D"], { mode: "file", file: "-D" }],
  [["-x"], { mode: "monitor", monitorLevel: 1 }],
  [["-xx"], { mode: "monitor", monitorLevel: 2 }],
  [["-x", "-h"], { mode: "monitor", monitorLevel: 1, help: true }],
  [["-xH"], { mode: "monitor", monitorLevel: 1, hex: true }],
  [["-?"], { help: true }],
  [["-V"], { version: true }],
  [["-n", "-d"], { check: true, preview: true }],
  [["-k"], { forward: "kernel" }],
  [["-kr"], { forward: "rfc" }],
  [["-DPN"], { mode: "dump", policies: true, hideSocketPolicies: true }],
  [["one", "-v", "two"], { operands: ["one", "two"], verbose: true }],
  [["--", "-v"], { operands: ["-v"] }],
  [["-"], { operands: ["-"] }],
  [["--via=engine"], { via: "engine" }],
  [["--via", "unix:/run/keysockd", "-D"], { via: "unix:/run/keysockd", mode: "dump" }],
  [["--dialect=linux"], { dialect: "linux" }],
  [["--compat=ipsec-tools"], { compat: true }],
  [["--resolve"], { resolve: true }],
];

const refused: readonly (readonly [argv: string[], text: string])[] = [
  [["-z"], "invalid option -- 'z'"],
  [["-Dz"], "invalid option -- 'z'"],
  [["-f"], "option requires an argument -- 'f'"],
  [["--via"], "option '--via' requires an argument"],
  [["--nonsense"], "unrecognized option '--nonsense'"],
  [["--resolve=yes"], "option '--resolve' doesn't allow an argument"],
  [["--compat=racoon"], '"racoon" is no face of setkey: --compat=ipsec-tools'],
];

describe("parseOptions", () => {
  it.each(accepted)("%j", (argv, differs) => {
    expect(parseOptions(argv)).toEqual({ ...none, ...differs });
  });

  it.each(refused)("%j is refused", (argv, text) => {
    expect(() => parseOptions(argv)).toThrow(new OptionError(text));
  });
});
