import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type AttributeName, type LinuxCell, type LinuxRow, linuxSupport } from "@keysock/ipseckey-compiler";
import { type StateOfSa, stateText } from "./ip-state.ts";
import { type KernelMachine, kernelMachine } from "./kernel-machine.ts";
import { commandOf, together, toldOf, wordsBefore } from "./linux-command.ts";
import { linuxSamples, sampleKey } from "./linux-samples.ts";
import { wayOf } from "./ways.ts";

/** The SA of `add esp spi 0x100 dst 192.0.2.2 encralg aes encrkey ...`. */
const plain: StateOfSa = { src: "0.0.0.0", encryption: ["cbc(aes)", sampleKey] };

const tunnel = { mode: "tunnel" } as const;
const hmacMd5 = { authentication: ["hmac(md5)", sampleKey, 96] } as const;
const udp = (source: number, destination: number): StateOfSa => ({
  src: "192.0.2.1",
  ports: [source, destination],
});

/** What the sample of an attribute changes of it. */
// biome-ignore format: one row a line
const changes: Readonly<Partial<Record<AttributeName, StateOfSa>>> = {
  replay:           { replay: 8 },
  "auth-algorithm": hmacMd5,
  soft_alloc:       { soft: { packets: 1n } },
  soft_bytes:       { soft: { bytes: 2n } },
  soft_addtime:     { soft: { addTime: 58 } },
  soft_usetime:     { soft: { useTime: 4 } },
  hard_alloc:       { hard: { packets: 5n } },
  hard_bytes:       { hard: { bytes: 6n } },
  hard_addtime:     { hard: { addTime: 59 } },
  hard_usetime:     { hard: { useTime: 8 } },
  src:              { src: "192.0.2.1" },
  "inner-src":      { ...tunnel, selector: "10.1.0.0/16" },
  "inner-dst":      { ...tunnel, src: "192.0.2.1" },
  isport:           tunnel,
  idport:           tunnel,
  iproto:           tunnel,
  authkey:          hmacMd5,
  nat_loc:          udp(1, 2),
  nat_rem:          udp(2, 1),
  nat_lport:        udp(4501, 4500),
  nat_rport:        udp(4500, 4502),
  encap:            udp(4500, 4500),
  outbound:         udp(1, 2),
  inbound:          udp(2, 1),
};

/** The matrix of what Linux takes, on Linux. */
export function describeAttributes(via: string): void {
  describe("attributes", () => {
    for (const row of linuxSupport) test(row.attribute, () => check(via, row));

    test("verbs that Linux does not have", async () => {
      using machine = kernelMachine(via);
      const { holds, refuses } = commands(machine);
      await holds("");
      for (const verb of ["update-pair", "delete-pair"]) {
        await refuses(`${verb} esp spi 0x100 dst 192.0.2.2`, "Linux has no pairs of SAs");
      }
      assert.equal(machine.state(), stateText(plain));
    });
  });
}

async function check(via: string, { attribute, add, update, delete: remove, get }: LinuxRow): Promise<void> {
  using machine = kernelMachine(via);
  const { takes, holds, refuses } = commands(machine);
  const { state } = machine;
  const sample = linuxSamples[attribute];
  const changed = stateText({ ...plain, ...changes[attribute] });

  // What PF_KEY lacks is among the algorithms of a way that has it.
  const isTaken = attribute === "encryption-algorithm" && wayOf(via).combinedModes;
  for (const [words, reason] of isTaken ? [] : refusals(add, sample.words, sample.refused)) {
    await refuses(commandOf("add", words), reason);
    assert.equal(state(), "");
  }
  await holds("field" in add ? together(sample) : "");
  assert.equal(state(), "field" in add ? changed : stateText(plain));
  if ("field" in get) {
    const shown = (await takes(commandOf("get", sample.words))).split("\n");
    assert.deepEqual(
      sample.shows.filter((line) => shown.includes(line)),
      sample.shows,
    );
  }
  for (const [verb, cell] of [
    ["get", get],
    ["delete", remove],
  ] as const) {
    for (const [words, reason] of refusals(cell, sample.words, sample.refused)) {
      await refuses(commandOf(verb, words), toldOf(verb, reason));
    }
  }
  for (const [words, reason] of refusals(update, sample.words, sample.refusedUpdate ?? sample.refused)) {
    await holds("field" in update ? (sample.refusedBefore ?? wordsBefore(sample)) : "");
    const before = state();
    await refuses(commandOf("update", words), reason);
    assert.equal(state(), before);
  }
  if ("field" in update) {
    await holds(wordsBefore(sample));
    await takes(commandOf("update", together(sample)));
    assert.equal(state(), changed);
  }
  if ("field" in remove) {
    await takes(commandOf("delete", sample.words));
    assert.equal(state(), "");
  }
}

/** What a cell refuses: words and the reason that is given. */
function refusals(cell: LinuxCell, words: string, refused = words): [words: string, reason: string][] {
  if ("refused" in cell) return [[words, cell.refused]];
  return cell.but === undefined ? [] : [[refused, cell.but.replace(/^.*?: /, "")]];
}

/** Commands on one SA. */
function commands({ load }: KernelMachine) {
  let held: string | undefined;

  /** @returns what it prints on standard output */
  async function takes(command: string): Promise<string> {
    const { stdout, stderr, exit } = await load(command);
    assert.deepEqual([command, stderr.replace(replayWarning, ""), exit], [command, "", 0]);
    return stdout;
  }

  return {
    takes,
    /** The SA is there, as `add` made it of the words. */
    async holds(words: string) {
      if (held === words) return;
      if (held !== undefined) await takes(commandOf("delete", ""));
      await takes(commandOf("add", words));
      held = words;
    },
    async refuses(command: string, reason: string) {
      const { stdout, stderr, exit } = await load(command);
      assert.deepEqual([command, stdout, exit], [command, "", 1]);
      assert.ok(stderr.includes(reason), stderr);
    },
  };
}

/** What the original says, too. */
const replayWarning = /^ipseckey: keys:1:\d+: WARNING: Replay with manual keying considered harmful\.\n/;
