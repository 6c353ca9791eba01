import { type IpseckeyCase, ipseckeyCases } from "@keysock/goldens";
import { describe, expect, it } from "vitest";
import { type Command, type Problem, parseWords, readCommands } from "./index.ts";
import { problemsAsRead } from "./testing/token-loop.ts";

/** The texts that come from reading and not from what was read: in the output of the original, one after the other. */
const texts = new RegExp(
  [
    'Unknown extension field "[^"]*" ?\n',
    "Don't use extension .*\n",
    "Unexpected end of command line.*\n",
    'Expecting a number, not "[^"]*"!\n',
    'Unknown (?:state|identity) type "[^"]*"\n',
    "Invalid prefix /.*\n",
    "string '[^']*' not a hex value\\.\n",
    "Invalid (?:encryption|authentication) key\\.\n",
    '"[^"\n]*" is not a bit specifier\\.\n',
    "bit length .* is too big for .*\\.",
    "WARNING: Lower bits will be truncated for:\n\t.*\n",
    "Unknown SA type \\([^)]*\\)\\.\n",
    "Must specify a single SA type\\.",
    "Must specify a specific SA type(?:\\.| for save\\.\n)",
    "Too many arguments for (?:flush|dump) command",
    "(?:Dump|Save|Monitor) not appropriate in config file\\.",
    "Unknown command \\([^)]*\\)\\.\n",
    "Can only specify udp encapsulation\\.\n",
    "can't do ADD or UPDATE from the command line\\.\n",
    "Line [0-9]+ too big\\.",
    "Command buffer overrun\\.",
    "Too many input tokens\\.",
    "Malformed security label\n",
  ].join("|"),
  "g",
);

/** The run's commands, and whether names count. Undefined: it ends before it reads any. */
function commandsOf({ argv, stdin, files, environment }: IpseckeyCase) {
  // Not root, no socket; as a service it says nothing, for the log must hold no keys.
  if (["IPK_UID", "IPK_SOCKERR", "SMF_FMRI"].some((name) => environment.has(name))) return undefined;
  const options = argv.join(" ").match(/^(?:-[nvp]+ )*(-[fcs].*)?/)?.[1];
  const words = argv.filter((word, i) => !/^-/.test(word) || argv.slice(0, i).some((one) => !/^-/.test(one)));
  const numericOnly = argv.some((word) => /^-[vp]*n/.test(word));
  if (options !== undefined) {
    // The last file is read, and words behind it are not.
    const name = /^(?:-[fc] \S+ )*-[fc] (\S+)/.exec(options)?.[1];
    if (name === undefined || / -s /.test(options)) return undefined;
    return { commands: read(files.get(name)?.content ?? "", "file"), numericOnly };
  }
  const [verb, ...more] = words;
  if (verb !== undefined) {
    return { commands: [parseWords([verb, ...more], { compat: "illumos" })], numericOnly };
  }
  return { commands: read(stdin, "prompt"), numericOnly };
}

function read(text: string, origin: "file" | "prompt"): Command[] {
  return [...readCommands([text], { compat: "illumos", origin })];
}

/** What the run prints, up to the problem that ends it; "silent" ones it does not print. */
function printed(commands: readonly Command[], numericOnly: boolean) {
  const all: Problem[] = commands.flatMap((command) => problemsAsRead(command, numericOnly));
  const last = all.findIndex(({ report }) => report === "ends");
  const shown = last < 0 ? all : all.slice(0, last + 1);
  const toError = ({ report, code }: Problem) => report === "standard error" || code === "not-from-shell";
  return {
    stdout: shown.filter((one) => !toError(one) && one.report !== "silent").map(({ original }) => original),
    stderr: shown.filter(toError).map(({ original }) => original),
  };
}

/** A label that is there never converts where this was recorded; whether it does is the kernel's business. */
const withoutLabels = (list: readonly string[], commands: readonly Command[]): string[] => {
  const labels = commands.flatMap((command) =>
    "attributes" in command
      ? command.attributes.filter(
          (one) => /label/.test(one.name) && "value" in one && one.value !== undefined,
        )
      : [],
  );
  return labels.length === 0 ? [...list] : list.filter((text) => !text.startsWith("Malformed"));
};

describe("recorded runs", () => {
  const runs = ipseckeyCases().flatMap((one) => {
    const found = commandsOf(one);
    return found === undefined ? [] : [{ name: one.name, one, ...found }];
  });

  it("are nearly all there are", () => {
    expect(runs.length).toBeGreaterThan(1000);
  });

  it.each(runs)("$name: the same is wrong with it", ({ one, commands, numericOnly }) => {
    expect(printed(commands, numericOnly)).toEqual({
      stdout: withoutLabels(one.stdout.match(texts) ?? [], commands),
      stderr: one.stderr.match(texts) ?? [],
    });
  });

  it.each(runs.filter(({ one }) => one.stdout.includes("Config file entry")))(
    "$name: the text and the last line of each command in error",
    ({ one, commands }) => {
      for (const { 1: line, index, 0: head } of one.stdout.matchAll(
        /Config file entry near line (\d+) .*\n\n/g,
      )) {
        const command = commands.find(({ lastLine }) => lastLine === Number(line));
        const echo = one.stdout.slice(index + head.length);
        expect(echo.slice(0, command?.text.length)).toBe(command?.text);
      }
    },
  );
});
