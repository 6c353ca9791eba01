/**
 * The engine's linux personality beside a real Linux: what is sent to one is sent to the other, and both must answer alike.
 */
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { kernelProbes, setkeyCases } from "@keysock/goldens";
import { encode, linux, request } from "@keysock/wire";
import fc from "fast-check";
import { act } from "./testing/act.ts";
import { play } from "./testing/generated/play.ts";
import { groups, migrations } from "./testing/generated/steps.ts";
import { larvals } from "./testing/larvals.ts";
import { preState } from "./testing/pre-state.ts";
import { createTwins, type Twins } from "./testing/twins.ts";
import { thisWorld } from "./testing/world.ts";

const seed = 6;
/** All are gone by then: net.core.xfrm_acq_expires is 30 seconds. */
const larvalMs = 35_000;

/** Twins with nothing in them; new ones once they have differed. */
function cleanTwins() {
  let twins: Twins | undefined;
  const close = () => {
    twins?.close();
    twins = undefined;
  };
  return {
    with(use: (clean: Twins) => void): void {
      twins ??= createTwins();
      try {
        twins.clear();
        use(twins);
      } catch (error) {
        close();
        throw error;
      }
    },
    close,
  };
}

// Before there is another network.
test("generated requests: policies and SAs move", () => {
  const twins = createTwins(thisWorld());
  try {
    const property = fc.property(migrations, (steps) => {
      twins.clear();
      play(twins, steps);
    });
    // Nothing is in order any more once they have differed: a shorter sequence would differ, too.
    fc.assert(property, { seed, numRuns: 40, endOnFailure: true, includeErrorInReport: true });
  } finally {
    twins.close();
  }
});

let larval: { twins: Twins; since: number } | undefined;
after(() => larval?.twins.close());

test("larval SAs are asked for", () => {
  larval = { twins: createTwins(), since: Date.now() };
  act(larval.twins, larvals);
});

describe("the recorded runs of setkey", () => {
  const clean = cleanTwins();
  after(clean.close);
  for (const { name, files, sent } of setkeyCases()) {
    if (sent.length === 0) continue;
    test(name, () => {
      clean.with((twins) => {
        for (const message of preState(files.get("pre.conf") ?? "")) {
          twins.send(encode(message, linux), "bystander");
        }
        for (const bytes of sent) twins.send(bytes);
      });
    });
  }
});

describe("the messages sent by hand", () => {
  let twins: Twins | undefined;
  after(() => twins?.close());
  for (const { name, messages, remarks } of kernelProbes()) {
    const sent = messages.filter(({ direction }) => direction === "sent").map(({ bytes }) => bytes);
    if (remarks.includes(">")) sent.push(new Uint8Array());
    test(name, () => {
      twins ??= createTwins();
      for (const bytes of sent) twins.send(bytes);
      if (name === "promisc on") twins.send(encode(request("promisc", "unspec"), linux));
    });
  }
});

describe("generated requests", () => {
  const clean = cleanTwins();
  after(clean.close);
  for (const [index, { name, runs, steps }] of groups.entries()) {
    test(name, () => {
      const property = fc.property(steps, (all) => clean.with((twins) => play(twins, all)));
      fc.assert(property, { seed: seed + index, numRuns: runs, includeErrorInReport: true });
    });
  }
});

test("larval SAs end", async () => {
  assert(larval !== undefined);
  await sleep(larval.since + larvalMs - Date.now());
  act(larval.twins, [request("dump", "unspec")]);
});
