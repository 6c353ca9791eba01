import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setkeyCases } from "@keysock/goldens";
import { nativeHost } from "@keysock/host/native";
import { allParts, compared, partsOf, readDifferences } from "./comparison.ts";
import { kernelStage } from "./kernel-stage.ts";
import { recordedDatabases } from "./recorded-databases.ts";
import { replay } from "./replay.ts";

/**
 * Runs the recorded cases on the kernel, each in a network of its own.
 *
 * @param via - how the kernel is talked to
 */
export function describeGoldens(via: string): void {
  describe(`recorded runs over ${via}, under --compat=ipsec-tools`, () => {
    const machine = nativeHost();
    const differences = readDifferences();
    let databases: ReturnType<typeof recordedDatabases> | undefined;
    before(() => {
      databases = recordedDatabases();
    });
    after(() => databases?.close());

    for (const recorded of setkeyCases()) {
      it(recorded.name, async () => {
        const stage = kernelStage(recorded, via, machine);
        try {
          const run = await replay(recorded, stage);
          const parts = new Map([...partsOf(run), ...(await stage.afterwards())]);
          const { shown, expected } = compared(recorded, parts, { which: allParts, differences });
          assert.deepEqual(shown, expected);
        } finally {
          stage.close();
        }
      });
    }
  });
}
