import assert from "node:assert/strict";
import { test } from "node:test";
import { type OutgoingMessage, request } from "@keysock/wire";
import type { Job } from "../job.ts";
import { crowdSa, spiOf } from "./crowd-sa.ts";
import { assertEachOnce, kernelSessions, spisOf } from "./kernel-sessions.ts";
import { plain } from "./run-log.ts";

/**
 * A message that is longer than a socket takes, over one way to the kernel.
 *
 * @param why - what is said of it
 */
export function testLongMessage(via: string, why: string): void {
  const { use } = kernelSessions(via);

  test("does not take a message that is too long, and carries out those around it", () => {
    use((session) => {
      const long = { kind: "raw", type: 200, length: 30_000, data: new Uint8Array(240_000 - 4) } as const;
      const outcomes: string[] = [];
      const job = (message: OutgoingMessage): Job => ({
        command: plain(message),
        reply: ({ message: reply }) => void outcomes.push(`${reply.type} ${spiOf(reply)}`),
        refused: (error) => void outcomes.push(error.message, (error.cause as Error).message),
      });
      session.run([
        job(crowdSa("add", 0x1000)),
        job(request("add", "ah", [long])),
        job(crowdSa("add", 0x1001)),
      ]);
      assert.deepEqual(outcomes, [
        "add 4096",
        '"add" was refused: Message too long (EMSGSIZE)',
        why,
        "add 4097",
      ]);
      assertEachOnce(spisOf(session.request(request("dump", "unspec"))), [0x1000, 0x1001]);
    });
  });
}
