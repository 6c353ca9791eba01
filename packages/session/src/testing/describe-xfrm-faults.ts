import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { crowdSpis, ipCrowd, kernelWays } from "@keysock/kernel-lab";
import { request } from "@keysock/wire";
import { spiOf } from "./crowd-sa.ts";
import { flood, testFullQueue } from "./full-queue.ts";
import { assertEachOnce, inOwnNetwork, kernelSessions, spisOf } from "./kernel-sessions.ts";
import { testLongMessage } from "./long-message.ts";

const dump = request("dump", "unspec");

const { lost } = kernelWays.xfrm;

/** What becomes of the messages for which netlink has no room: it says that some are missing. */
export function describeXfrmFaults(): void {
  const { use } = kernelSessions("xfrm");

  describe("a receive queue of netlink that is full", () => {
    inOwnNetwork();
    testFullQueue("xfrm", { lost, questions: 0, heard: { min: 2000, max: flood.length } });

    test("does not lose the answer that there is nothing", () => {
      use((session) => {
        ipCrowd("add", flood);
        ipCrowd("delete", flood);
        assert.throws(() => spisOf(session.request(dump)), { name: "RefusedError", errnoName: "ENOENT" });
        assert.throws(() => session.receive(0), { name: "LostMessagesError", message: lost });
        assert.equal(session.receive(0), undefined);
      });
    });
  });

  describe("a netlink socket", () => {
    inOwnNetwork();

    test("takes one dump at a time: the second waits, both are whole", () => {
      const crowd = crowdSpis(0x10000, 3000);
      ipCrowd("add", crowd);
      use((session) => {
        const first = session.request(dump)[Symbol.iterator]();
        const listed = [spiOf(first.next().value!)];
        assertEachOnce(spisOf(session.request(dump)), crowd);
        for (let next = first.next(); next.done !== true; next = first.next()) listed.push(spiOf(next.value));
        assertEachOnce(listed, crowd);
      });
    });

    testLongMessage("xfrm", '"240016 bytes": a message has at most 212960 (EMSGSIZE)');
  });
}
