import { type LinuxVerb, linuxSupport } from "@keysock/ipseckey-compiler";
import { decode, type KeySocket, linux, type MessageType } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { commandOf, together, toldOf, wordsBefore } from "./testing/linux-command.ts";
import { linuxSamples } from "./testing/linux-samples.ts";
import { machine } from "./testing/machine.ts";

const verbs: readonly LinuxVerb[] = ["add", "update", "delete", "get"];

const cells = linuxSupport.flatMap((row) =>
  verbs.map((verb) => ({
    attribute: row.attribute,
    verb,
    cell: row[verb],
    sample: linuxSamples[row.attribute],
  })),
);
const taken = cells.flatMap((each) => ("field" in each.cell ? [{ ...each, ...each.cell }] : []));
const refused = cells.flatMap((each) =>
  "refused" in each.cell ? [{ ...each, reason: each.cell.refused }] : [],
);
const partly = taken.flatMap((each) => (each.but === undefined ? [] : [{ ...each, but: each.but }]));

/** A Linux kernel, and the types of the messages that are sent to it. */
function kernel() {
  const sent: (MessageType | number)[] = [];
  const socket = (plain: KeySocket): KeySocket => ({
    ...plain,
    send(messages) {
      for (const bytes of messages) sent.push(decode(bytes.slice(), linux).message.type);
      plain.send(messages);
    },
  });
  const { ipseckey, files } = machine({ personality: "linux", socket });
  async function run(command: string) {
    files.set("k", { content: `${command}\n`, mode: 0o600 });
    return ipseckey(["-f", "k"]);
  }
  const listing = async () => (await run("get esp spi 0x100 dst 192.0.2.2")).stdout.split("\n").slice(2);
  return {
    sent,
    run,
    listing,
    /** An SA is there, and nothing has been sent since. */
    async holds(words: string) {
      expect(await run(commandOf("add", words))).toMatchObject({ exit: 0 });
      const lines = await listing();
      sent.length = 0;
      return lines;
    },
  };
}

describe("what Linux takes", () => {
  it.each(taken)("$verb $attribute: $field", async ({ verb, sample }) => {
    const { run, listing, holds, sent } = kernel();
    const isChange = verb === "add" || verb === "update";
    if (verb !== "add") await holds(isChange ? wordsBefore(sample) : sample.words);
    const command = commandOf(verb, isChange ? together(sample) : sample.words);
    const { exit, stdout } = await run(command);
    expect([command, exit, sent]).toEqual([command, 0, verb === "update" ? ["get", "update"] : [verb]]);
    if (verb === "delete") expect(await listing()).toEqual([]);
    else {
      const shown = verb === "get" ? stdout.split("\n") : await listing();
      expect(shown).toEqual(expect.arrayContaining([...sample.shows]));
    }
  });
});

describe("what Linux refuses", () => {
  it.each(refused)("$verb $attribute: $reason", async ({ verb, sample, reason }) => {
    const { run, listing, holds, sent } = kernel();
    const before = verb === "add" ? [] : await holds("");
    const { exit, stdout, stderr } = await run(commandOf(verb, sample.words));
    expect([exit, stdout, sent]).toEqual([1, "", []]);
    expect(stderr).toContain(toldOf(verb, reason));
    expect(await listing()).toEqual(before);
  });
});

describe("verbs that Linux does not have", () => {
  it.each(["update-pair", "delete-pair"])("%s", async (verb) => {
    const { run, listing, holds, sent } = kernel();
    const before = await holds("");
    const { exit, stdout, stderr } = await run(`${verb} esp spi 0x100 dst 192.0.2.2`);
    expect([exit, stdout, sent]).toEqual([1, "", []]);
    expect(stderr).toContain("Linux has no pairs of SAs");
    expect(await listing()).toEqual(before);
  });
});

describe("what Linux refuses of what it takes", () => {
  it.each(partly)("$verb $attribute: $but", async ({ verb, sample, but }) => {
    const { run, listing, holds, sent } = kernel();
    const { words, refused: value = words, refusedBefore } = sample;
    const before = refusedBefore ?? (verb === "update" ? wordsBefore(sample) : "");
    const lines = verb === "add" ? [] : await holds(before);
    const said = verb === "update" ? (sample.refusedUpdate ?? value) : value;
    const { exit, stdout, stderr } = await run(commandOf(verb, said));
    expect(stderr).toContain(but.replace(/^.*?: /, ""));
    expect([exit, stdout]).toEqual([1, ""]);
    // An update may look at the SA first.
    expect(verb === "update" ? sent.filter((type) => type !== "get") : sent).toEqual([]);
    expect(await listing()).toEqual(lines);
  });
});
