import { describe, expect, it } from "vitest";
import { type Recording, recordings } from "./testing/recordings.ts";
import { callOf, replay } from "./testing/replay.ts";

/** Runs that never read a command, or read it where only the program knows: its options, its files, its privileges. */
const notRead = new Map([
  ["file-and-save-c", "options that exclude each other"],
  ["file-dash", "a file that is called -"],
  ["file-devnull", "a file that is none"],
  ["file-dir", "a file that is none"],
  ["file-missing", "a file that is not there"],
  ["file-operands", "words behind -f"],
  ["file-perm400", "a mode of the file"],
  ["file-perm640", "a mode of the file"],
  ["file-twice", "two files"],
  ["smf-usage", "an option that is none"],
  ["usage-f-noarg", "an option without its value"],
]);

/** Runs that send something else, and what of the program makes it so. */
const sentOtherwise = new Map([
  ["f-k-werr", "a failed write in a file ends the program"],
  ["f-multi-fail-errno", "in a file an errno other than ESRCH, EEXIST and EINVAL is taken for success"],
  ["save-file-isdir", "the file is opened before anything is sent"],
  ["save-file-nodir", "the file is opened before anything is sent"],
  ["save-i-nodir", "the file is opened before anything is sent"],
  ["save-sockerr", "there is no socket"],
  ["sock-eperm", "there is no socket"],
  ["sock-noproto", "there is no socket"],
  ["smf-allbad", "under SMF everything is flushed first"],
  ["smf-bad", "under SMF everything is flushed first"],
  ["smf-eexist", "under SMF everything is flushed first"],
  ["smf-empty", "under SMF everything is flushed first"],
  ["smf-flusherr", "under SMF everything is flushed first"],
  ["smf-ok", "under SMF everything is flushed first"],
  ["smf-nonroot", "not root"],
  ["usage-notroot", "not root"],
  ["usage-dashdash", "-- ends the options"],
]);

const all = recordings();
const read = all.flatMap((recording) => {
  const call = callOf(recording);
  return call === undefined ? [] : [{ ...recording, recording, call }];
});

/** Verbs that print nothing but reports, unless the kernel answers with more than an echo. */
const quiet = new Set(["add", "update", "update-pair", "delete", "delete-pair", "get", "flush", "exit"]);

/** Without what is printed of messages, prompts and the program's own last words. */
const reports = ({ stdout }: Recording): string =>
  stdout
    .replaceAll(/VERBOSE ON:.*?\n=+\n.*?\n=+\n/gs, "")
    .replaceAll("ipseckey> ", "")
    .replace("ipseckey: Configuration file did not contain any valid SAs\n", "")
    .replace(/ipseckey: Fatal error - exiting\.\n$/, "");

describe("the recorded runs of illumos", () => {
  it("are read, but for those that are named", () => {
    const names = new Set(read.map(({ name }) => name));
    expect(all.filter(({ name }) => !names.has(name)).map(({ name }) => name)).toEqual([...notRead.keys()]);
    expect(all.length).toBeGreaterThan(1000);
  });

  it.each(read.filter(({ name }) => !sentOtherwise.has(name)))(
    "$name: what is sent",
    ({ recording, call }) => {
      expect(replay(recording, call).sent).toEqual(recording.sent);
    },
  );

  it.each([...sentOtherwise])("%s sends something else: %s", (name) => {
    const { recording, call } = read.find((each) => each.name === name)!;
    expect(replay(recording, call).sent).not.toEqual(recording.sent);
  });

  const silent = read.filter(({ call }) => call.commands.every(({ kind }) => quiet.has(kind)));
  const refusedOnly = silent
    .map((each) => ({ ...each, replayed: replay(each.recording, each.call) }))
    .filter(({ name, replayed }) => !replayed.answered && !sentOtherwise.has(name));

  it("are hundreds of which the reports are all that is printed", () => {
    expect(refusedOnly.length).toBeGreaterThan(600);
  });

  it.each(refusedOnly)("$name: what is said", (each) => {
    expect(each.replayed.said).toBe(reports(each.recording));
  });
});
