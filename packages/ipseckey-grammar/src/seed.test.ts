import { describe, expect, it } from "vitest";
import { type Command, commandReader, parseWords, readCommands } from "./index.ts";
import { examples } from "./testing/seed-examples.ts";

const shown = (commands: Iterable<Command>) =>
  [...commands].map(({ tokens, problems }) => {
    expect(problems).toEqual([]);
    return tokens.map(({ text }) => text).join(" ");
  });

/** What nroff had made of the source: a backslash at each line that goes on. */
const withBackslashes = (text: string) => text.replace(/\n(?= {8,}[a-z0-9])/g, " \\\n");

describe.each(examples)("example $name", ({ shell, typed, file, commands }) => {
  const [verb, ...more] = shell;
  if (verb !== undefined) {
    it.each(["illumos", undefined] as const)("from the shell (%s)", (compat) => {
      expect(shown([parseWords([verb, ...more], { compat })])).toEqual(commands);
    });
  }

  const text = typed ?? file;
  if (text !== undefined) {
    const origin = typed === undefined ? "file" : "prompt";

    it("as printed", () => {
      expect(shown(readCommands([text], { origin }))).toEqual(commands);
    });

    it.each(["illumos", undefined] as const)("with backslashes (%s)", (compat) => {
      const joined = withBackslashes(text);
      expect(joined).not.toBe(text);
      expect(shown(readCommands([joined], { origin, compat }))).toEqual(commands);
    });
  }
});

it("example 7 as printed, typed line by line: a prompt waits for the rest of each command", () => {
  const { typed, commands } = examples[6]!;
  const reader = commandReader({ origin: "prompt" });
  const found = typed!.split("\n").flatMap((line) => {
    reader.push(`${line}\n`);
    const command = reader.next();
    return command === undefined ? ["waits"] : shown([command]);
  });
  expect(found).toEqual(["waits", commands[0], "waits", commands[1], commands[2], "waits"]);
});
