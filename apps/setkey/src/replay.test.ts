import { setkeyCases } from "@keysock/goldens";
import { describe, expect, it } from "vitest";
import { compared, type Part, partsOf, readDifferences } from "./testing/comparison.ts";
import { engineStage, type OtherEnd } from "./testing/engine-stage.ts";
import { replay } from "./testing/replay.ts";

/** Cases that take what the engine does not have; the others run over the engine. */
const otherEnds: Readonly<Record<string, OtherEnd>> = {
  "dump-per-socket": "recorded exchange",
  "monitor-acquire": "recorded exchange",
  "monitor-acquire-dummy": "recorded exchange",
  "monitor-traffic-counters": "recorded exchange",
  "noroot-add": "no privilege",
};

/** An engine carries no packets, which the other programs of some cases would count. */
const which: Part[] = ["stdout", "stderr", "exit", "sent.hex", "received.hex", "peer.stdout"];

describe("recorded runs, under --compat=ipsec-tools", () => {
  const cases = setkeyCases();
  const differences = readDifferences();

  it.each(cases)("$name", async (recorded) => {
    const run = await replay(recorded, engineStage(recorded, otherEnds[recorded.name] ?? "engine"));
    const { shown, expected } = compared(recorded, partsOf(run), { which, differences });
    expect(shown).toEqual(expected);
  });

  it.each(["differences.txtar", "differences-xfrm.txtar"])(
    "%s says why, and names no case that is not there",
    (file) => {
      const named = readDifferences(file);
      const names = new Set(cases.map(({ name }) => name));
      const wrong = [...named.keys()]
        .map((key) => key.split("/")[0]!)
        .filter((name) => !names.has(name) || !named.get(`${name}/why`)?.trim());
      expect(wrong).toEqual([]);
    },
  );
});
