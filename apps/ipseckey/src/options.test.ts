import { describe, expect, it } from "vitest";
import { type Options, parseOptions } from "./options.ts";

const none = parseOptions([]);

const file = (letter: "f" | "c" | "s", path: string) => ({
  files: [{ letter, path }],
  file: { letter, path },
});

/** Arguments, and where they differ from none at all. */
const accepted: readonly (readonly [argv: string[], differs: Partial<Options>])[] = [
  [[], {}],
  [["-n"], { numeric: true }],
  [["-nvp"], { numeric: true, verbose: true, paranoid: true }],
  [["-pn", "-v", "flush", "ah"], { numeric: true, verbose: true, paranoid: true, words: ["flush", "ah"] }],
  [["flush", "-n"], { words: ["flush", "-n"] }],
  [["--", "-n"], { words: ["-n"] }],
  [["-"], { words: ["-"] }],
  [[""], { words: [""] }],
  [["-f", "keys"], file("f", "keys")],
  [["-fkeys"], file("f", "keys")],
  [["-nf", "keys"], { ...file("f", "keys"), numeric: true }],
  [["-f", "-"], file("f", "-")],
  [["-c", "-n"], file("c", "-n")],
  [["-s", "-"], file("s", "-")],
  [["-s", "keys", "-p"], { ...file("s", "keys"), paranoid: true }],
  [["--via=engine", "dump"], { via: "engine", words: ["dump"] }],
  [["--via", "unix:/run/keysockd", "dump"], { via: "unix:/run/keysockd", words: ["dump"] }],
  [["--dialect=linux"], { dialect: "linux" }],
  [["--compat=illumos"], { compat: true }],
  [["-n", "--compat=illumos", "get"], { compat: true, numeric: true, words: ["get"] }],
  [
    ["--compat=illumos", "-f", "a", "-c", "b", "dump"],
    {
      compat: true,
      files: [
        { letter: "f", path: "a" },
        { letter: "c", path: "b" },
      ],
      file: { letter: "c", path: "b" },
      words: ["dump"],
    },
  ],
];

const refused: readonly (readonly [argv: string[], text: string])[] = [
  [["-x"], "illegal option -- x"],
  [["-nx"], "illegal option -- x"],
  [["-f"], "option requires an argument -- f"],
  [["-nf"], "option requires an argument -- f"],
  [["-s", "a", "-f", "b"], "-s does not go with -f or -c"],
  [["-c", "a", "-s", "b"], "-s does not go with -f or -c"],
  [["-f", "a", "-f", "b"], '-f "b" behind "a": expected one file'],
  [["-f", "a", "dump"], '"dump" behind -f a: expected no more words'],
  [["--via"], "option requires an argument -- via"],
  [["--nonsense"], "illegal option -- nonsense"],
  [["--toString=x"], "illegal option -- toString"],
  [["--compat=racoon"], '"racoon" is no face of ipseckey: --compat=illumos'],
];

describe("parseOptions", () => {
  it.each(accepted)("%j", (argv, differs) => {
    expect(parseOptions(argv)).toEqual({ ...none, ...differs });
  });

  it.each(refused)("%j is refused", (argv, text) => {
    expect(parseOptions(argv).trouble?.message).toBe(text);
  });

  it("knows the face that what is wrong is told in, wherever it stands", () => {
    expect(parseOptions(["-x", "--compat=illumos"]).compat).toBe(true);
  });
});
