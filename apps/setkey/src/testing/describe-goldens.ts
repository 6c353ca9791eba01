import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setkeyCases } from "@keysock/goldens";
import { nativeHost } from "@keysock/host/native";
import { allParts, compared, partsOf, readDifferences } from "./comparison.ts";
import { kernelStage } from "./kernel-stage.ts";
import { differencesOverXfrm, withoutXfrmOnly } from "./over-xfrm.ts";
import { recordedDatabases } from "./recorded-databases.ts";
import { replay } from "./replay.ts";

/**
 * Runs the recorded cases on the kernel, each in a network of its own.
 *
 * @param via - how the kernel is talked to
 */
export function describeGoldens(via: "pfkey" | "xfrm"): void {
  describe(`recorded runs over ${via}, under --compat=ipsec-tools`, () => {
    const machine = nativeHost();
    const cases = setkeyCases();
    const overPfKey = readDifferences();
    const differences = via === "xfrm" ? differencesOverXfrm(cases, overPfKey) : overPfKey;
    let databases: ReturnType<typeof recordedDatabases> | undefined;
    before(() => {
      databases = recordedDatabases();
    });
    after(() => databases?.close());

    for (const recorded of cases) {
      it(recorded.name, async () => {
        const stage = kernelStage(recorded, via, machine);
        try {
          const run = await replay(recorded, stage);
          const parts = new Map([...partsOf(run), ...(await stage.afterwards())]);
          if (via === "xfrm") {
            parts.set("received.hex", withoutXfrmOnly(parts.get("received.hex") ?? "", recorded));
          }
          const { shown, expected } = compared(recorded, parts, { which: allParts, differences });
          assert.deepEqual(shown, expected);
        } finally {
          stage.close();
        }
      });
    }
  });
}
