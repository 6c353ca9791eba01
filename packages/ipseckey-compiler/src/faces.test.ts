import { readCommands } from "@keysock/ipseckey-grammar";
import { encode } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { CommandError } from "./command-error.ts";
import { compile } from "./compile.ts";
import { littleIllumos, requestsOf, toHex } from "./testing/compiling.ts";
import { masked, type Recording, recordingHost, recordings } from "./testing/recordings.ts";
import { callOf, replay } from "./testing/replay.ts";

/** Recorded inputs of which the default face sends something else, and why. */
const differing = new Map([
  ["addr-07", "the unspecified source is one of any family"],
  ["addr-n-04", "families are compared in figures too"],
  ["crlf-file", "a line may end in CR and LF"],
  ["f-dump-in", "dump may stand in a file"],
  ["f-dump-only", "dump may stand in a file"],
  ["f-dup-zero", "a duplicate is one also where the first value was 0"],
  ["f-ealg-key-null", "a key for the NULL cipher is refused whichever comes first"],
  ["f-joined-4100", "a command may be longer than 4095 bytes"],
  ["f-key-23", "a bit count is a number"],
  ["f-key-32", "a bit count is a number"],
  ["f-key-35", "a bit count is a number"],
  ["f-line-4094", "a line may be longer than 4093 bytes"],
  ["f-line-5000", "a line may be longer than 4093 bytes"],
  ["f-name-v6only--dual", "a destination without a source does not stop the others"],
  ["f-quote-empty", "an empty word is a word"],
  ["f-quote-empty-ident", "an empty word is a word"],
  ["f-quote-glued", "what is glued to a quote is not dropped in silence"],
  ["f-save-in", "save may stand in a file"],
  ["f-seq-gap", "delete takes a destination"],
  ["f-src6-dual", "a destination without a source does not stop the others"],
  ["f-state-1", "a state may be a number"],
  ["fileas-save", "save may stand in a file"],
  ["i-dup-idle_addtime", "a duplicate is one also of an idle lifetime"],
  ["i-ealg-key-null", "a key for the NULL cipher is refused whichever comes first"],
  ["i-joined-4100", "a command may be longer than 4095 bytes"],
  ["i-name-v6only--multi", "a destination without a source does not stop the others"],
  ["i-noeol", "the last line counts without its end"],
  ["i-quote-empty", "an empty word is a word"],
  ["i-seq-gap", "delete takes a destination"],
  ["i-src6-dual", "a destination without a source does not stop the others"],
  ["i-state-3", "a state may be a number"],
  ["ident-65536", "an identity type that is none is an error"],
  ["idst-10.0.0.0_", "a prefix length that is none is an error"],
  ["idst-10.0.0.0_33", "a prefix length that is too long is an error"],
  ["idst-10.0.0.0_x", "a prefix length that is none is an error"],
  ["isrc-10.0.0.0_200", "a prefix length that is too long is an error"],
  ["isrc-10.0.0.0_x", "a prefix length that is none is an error"],
  ["man-07-asprinted", "an indented line belongs to the command before it"],
  ["man-08-asprinted", "an indented line belongs to the command before it"],
  ["man-10-asprinted", "an indented line belongs to the command before it"],
  ["man-11-asprinted", "an indented line belongs to the command before it"],
  ["num-replay-257", "a number is not cut to its field"],
  ["num-spi-4294967297", "a number is not cut to its field"],
]);

/** What the default face sends of an input. */
function sentByDefault(input: string, numericOnly: boolean): string[] {
  const context = { host: recordingHost, dialect: littleIllumos, face: "default", numericOnly } as const;
  return [...readCommands([input])].flatMap((command) => {
    try {
      const requests = requestsOf(compile(command, context).command);
      return requests.map((request) => masked(toHex(encode(request, littleIllumos))));
    } catch (error) {
      if (error instanceof CommandError) return [];
      throw error;
    }
  });
}

const inputs = recordings().flatMap((recording) => {
  const call = callOf(recording);
  const { input, replies } = recording;
  if (call === undefined || call.check || input === undefined || replies.length > 0) return [];
  return [{ name: recording.name, recording, call, input }];
});

const both = ({
  recording,
  call,
  input,
}: (typeof inputs)[number]): [illumos: string[], byDefault: string[]] => [
  replay(recording as Recording, call).sent,
  sentByDefault(input, call.numericOnly),
];

describe("the recorded inputs in the default face", () => {
  it.each(inputs.filter(({ name }) => !differing.has(name)))("$name: the same messages", (each) => {
    const [illumos, byDefault] = both(each);
    expect(byDefault).toEqual(illumos);
  });

  it.each([...differing])("%s: other messages, as %s", (name) => {
    const [illumos, byDefault] = both(inputs.find((each) => each.name === name)!);
    expect(byDefault).not.toEqual(illumos);
  });
});
