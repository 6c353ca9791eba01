import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { crowdSpis, ipCrowd } from "@keysock/kernel-lab";
import { type OutgoingMessage, request } from "@keysock/wire";
import type { Job } from "../job.ts";
import { crowdSa, spiOf } from "./crowd-sa.ts";
import { assertEachOnce, hearAll, inOwnNetwork, kernelSessions, spisOf } from "./kernel-sessions.ts";
import { plain } from "./run-log.ts";

const dump = request("dump", "unspec");
/** More than there is room for in the receive queue. */
const flood = crowdSpis(0x80000, 4000);

const mayHaveLost =
  "the PF_KEY socket may have lost messages: No buffer space available (ENOBUFS); dump again to know the state";

/** What becomes of the messages for which PF_KEY has no room: it drops them without a word. */
export function describePfKeyFaults(): void {
  const { open, use } = kernelSessions("pfkey");

  describe("a receive queue of PF_KEY that is full", () => {
    inOwnNetwork();

    test("is told to a monitor, which has each of the others once", () => {
      use((monitor) => {
        ipCrowd("add", flood);
        const { heard, lost } = hearAll(monitor);
        assert.deepEqual(lost, [mayHaveLost]);
        assert.deepEqual(heard, flood.slice(0, heard.length));
        assert.ok(heard.length > 3000 && heard.length < flood.length);
        ipCrowd("delete", flood.slice(0, 3));
        assert.deepEqual(hearAll(monitor), { heard: flood.slice(0, 3), lost: [] });
      });
    });

    test("does not come about while a monitor reads, however slowly", () => {
      use((monitor) => {
        const heard: number[] = [];
        const added = crowdSpis(0x90000, 8000);
        for (let at = 0; at < added.length; at += 400) {
          ipCrowd("add", added.slice(at, at + 400));
          for (let read = 0; read < 160; read++) heard.push(spiOf(monitor.receive(0)!.message));
        }
        const rest = hearAll(monitor);
        assert.deepEqual(rest.lost, []);
        assert.deepEqual([...heard, ...rest.heard], added);
      });
    });

    test("has replies asked for that found no room", () => {
      const own = crowdSpis(0x1000, 32);
      let questions = 0;
      let next = 0xa0000;
      const session = open({
        wrap: (socket) => ({
          ...socket,
          send(messages) {
            if (messages.length === own.length) {
              ipCrowd("add", crowdSpis(next, 4000));
              next += 4000;
            }
            socket.send(messages);
          },
        }),
        observe({ direction, decoded }) {
          if (direction === "sent" && decoded.message.type === "get") questions += 1;
        },
      });
      const outcomes: string[] = [];
      const job = (type: "add" | "delete", spi: number): Job => ({
        command: plain(crowdSa(type, spi)),
        reply: ({ message }) => void outcomes.push(`${message.type} ${spiOf(message)}`),
        refused: (error) => void outcomes.push(error.message),
      });
      for (const type of ["add", "delete"] as const) {
        outcomes.length = 0;
        const spis = type === "add" ? own : own.toReversed();
        session.run(spis.map((spi) => job(type, spi)));
        assert.deepEqual(
          outcomes,
          spis.map((spi) => `${type} ${spi}`),
        );
      }
      assert.equal(questions, 2 * own.length);
      session.close();
    });

    test("loses the answer that there is nothing, which is an error and not an empty list", () => {
      use((session) => {
        ipCrowd("add", flood);
        ipCrowd("delete", flood);
        assert.throws(() => spisOf(session.request(dump)), {
          name: "NoReplyError",
          message: '"dump" got no reply within 1000 ms',
        });
        assert.throws(() => spisOf(session.request(dump)), { name: "RefusedError", errnoName: "ENOENT" });
        assert.throws(() => session.receive(0), { name: "LostMessagesError", message: mayHaveLost });
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
          "the PF_KEY socket does not take message 1: Message too long (EMSGSIZE); it has 240016 bytes, and the longest has 212960",
          "add 4097",
        ]);
        assertEachOnce(spisOf(session.request(dump)), [0x1000, 0x1001]);
      });
    });
  });
}
