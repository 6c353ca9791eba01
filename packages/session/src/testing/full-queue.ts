import assert from "node:assert/strict";
import { test } from "node:test";
import { crowdSpis, ipCrowd } from "@keysock/kernel-lab";
import type { Job } from "../job.ts";
import { crowdSa, spiOf } from "./crowd-sa.ts";
import { hearAll, kernelSessions } from "./kernel-sessions.ts";
import { plain } from "./run-log.ts";

/** More than there is room for in the receive queue. */
export const flood = crowdSpis(0x80000, 4000);

/** What is particular to a way to the kernel. */
export interface FullQueue {
  /** What is said of messages that may be missing. */
  lost: string;
  /** How often a session asks after each reply that does not come: not at all where the socket does. */
  questions: 0 | 1;
  /** How many of the flood find room. */
  heard: { min: number; max: number };
}

/** What becomes of the messages for which a kernel's socket has no room, over one way to it. */
export function testFullQueue(via: string, { lost, questions, heard: room }: FullQueue): void {
  const { open, use } = kernelSessions(via);

  test("is told to a monitor, which has each of the others once", () => {
    use((monitor) => {
      ipCrowd("add", flood);
      const { heard, lost: told } = hearAll(monitor);
      assert.deepEqual(told, [lost]);
      assert.deepEqual(heard, flood.slice(0, heard.length));
      assert.ok(heard.length > room.min && heard.length < room.max, `${heard.length}`);
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
    let asked = 0;
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
        if (direction === "sent" && decoded.message.type === "get") asked += 1;
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
      assert.deepEqual(hearAll(session).lost, [lost]);
    }
    assert.equal(asked, questions * 2 * own.length);
    session.close();
  });
}
