import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { setkeyCases } from "@keysock/goldens";
import { encode, linux } from "@keysock/wire";
import { preState } from "../../../engine/src/testing/pre-state.ts";
import { createTwoWays } from "../testing/two-ways.ts";

describe("the recorded runs of setkey, over XFRM as over PF_KEY", () => {
  const ways = createTwoWays();
  after(() => ways.close());
  for (const { name, files, sent } of setkeyCases()) {
    if (sent.length === 0) continue;
    test(name, () => {
      ways.clear();
      for (const message of preState(files.get("pre.conf") ?? "")) {
        ways.send(encode(message, linux), "bystander");
      }
      for (const bytes of sent) ways.send(bytes);
    });
  }

  test("every known difference was met", () => assert.deepEqual(ways.unmet(), []));
});
