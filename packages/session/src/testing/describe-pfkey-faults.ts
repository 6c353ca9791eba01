import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { crowdSpis, ipCrowd, kernelWays } from "@keysock/kernel-lab";
import { request } from "@keysock/wire";
import { spiOf } from "./crowd-sa.ts";
import { flood, testFullQueue } from "./full-queue.ts";
import { assertEachOnce, inOwnNetwork, kernelSessions, spisOf } from "./kernel-sessions.ts";
import { testLongMessage } from "./long-message.ts";

const dump = request("dump", "unspec");

const { lost } = kernelWays.pfkey;

/** What becomes of the messages for which PF_KEY has no room: it drops them without a word. */
export function describePfKeyFaults(): void {
  const { use } = kernelSessions("pfkey");

  describe("a receive queue of PF_KEY that is full", () => {
    inOwnNetwork();
    testFullQueue("pfkey", { lost, questions: 1, heard: { min: 3000, max: flood.length } });

    test("loses the answer that there is nothing, which is an error and not an empty list", () => {
      use((session) => {
        ipCrowd("add", flood);
        ipCrowd("delete", flood);
        assert.throws(() => spisOf(session.request(dump)), {
          name: "NoReplyError",
          message: '"dump" got no reply within 1000 ms',
        });
        assert.throws(() => spisOf(session.request(dump)), { name: "RefusedError", errnoName: "ENOENT" });
        assert.throws(() => session.receive(0), { name: "LostMessagesError", message: lost });
        assert.equal(session.receive(0), undefined);
      });
    });
  });

  describe("a PF_KEY socket", () => {
    inOwnNetwork();

    test("takes one dump at a time: the second is refused, the first is whole", () => {
      const crowd = crowdSpis(0x10000, 3000);
      ipCrowd("add", crowd);
      use((session) => {
        const first = session.request(dump)[Symbol.iterator]();
        const listed = [spiOf(first.next().value!)];
        assert.throws(() => spisOf(session.request(dump)), {
          name: "RefusedError",
          message: '"dump" was refused: Device or resource busy (EBUSY)',
        });
        for (let next = first.next(); next.done !== true; next = first.next()) listed.push(spiOf(next.value));
        assertEachOnce(listed, crowd);
      });
    });

    testLongMessage(
      "pfkey",
      "the PF_KEY socket does not take message 1: Message too long (EMSGSIZE); it has 240016 bytes, and the longest has 212960",
    );
  });
}
