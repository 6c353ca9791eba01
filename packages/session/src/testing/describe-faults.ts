import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { crowdSpis, ipCrowd, ipCrowdMeanwhile } from "@keysock/kernel-lab";
import { type Message, request } from "@keysock/wire";
import type { Job } from "../job.ts";
import type { Session } from "../session.ts";
import { crowdSa, spiOf } from "./crowd-sa.ts";
import { assertEachOnce, hearAll, inSharedNetwork, kernelSessions, spisOf } from "./kernel-sessions.ts";
import { plain } from "./run-log.ts";

const dump = request("dump", "unspec");
const crowd = crowdSpis(0x10000, 20_000);
/** What another process adds and deletes. */
const others = crowdSpis(0x80000, 5000);

/** What may go wrong with many SAs and many who are at it, over one way to the kernel. */
export function describeFaults(via: string): void {
  const { open, use } = kernelSessions(via);

  describe(`20,000 SAs over ${via}`, () => {
    inSharedNetwork();

    test("are loaded while a monitor hears each once and each listing is right", () => {
      const [loader, monitor, lister] = [open(), open(), open()];
      const answered: number[] = [];
      const heard: number[] = [];
      const listen = () => {
        const all = hearAll(monitor);
        assert.deepEqual(all.lost, []);
        heard.push(...all.heard);
      };
      const lists = listingsOf(lister, answered);
      function* jobs(): Generator<Job> {
        for (const [index, spi] of crowd.entries()) {
          const reply: Job["reply"] = ({ message }) => void answered.push(spiOf(message));
          yield { command: plain(crowdSa("add", spi)), reply };
          if (index % 500 !== 499) continue;
          listen();
          lists.goOn(1000);
        }
      }
      loader.run(jobs());
      listen();
      assert.deepEqual(answered, crowd);
      assert.deepEqual(heard, crowd);
      assert.ok(lists.goOn(crowd.length) > 1);
      assertEachOnce(spisOf(loader.request(dump)), crowd);
      for (const session of [loader, monitor, lister]) session.close();
    });

    for (const type of ["add", "delete"] as const) {
      test(`are listed once each while another process ${type}s`, async () => {
        const ended = ipCrowdMeanwhile(type, others);
        const isOver = (listed: readonly number[]) => listed.includes(others.at(-1)!) === (type === "add");
        use((session) => {
          let listed: number[];
          let lists = 0;
          do {
            listed = spisOf(session.request(dump));
            assertEachOnce(listed, crowd, others);
            lists += 1;
          } while (!isOver(listed) && lists < 100);
          assertEachOnce(listed, type === "add" ? [...crowd, ...others] : crowd);
        });
        await ended;
      });
    }

    test("are listed once each though the receive queue was full in the middle", () => {
      use((session) => {
        const listed: number[] = [];
        for (const message of session.request(dump)) {
          if (listed.push(spiOf(message)) === 1000) ipCrowd("add", others);
        }
        assertEachOnce(listed, crowd, others);
        ipCrowd("delete", others);
        assertEachOnce(spisOf(session.request(dump)), crowd);
      });
    });

    test("are listed once each to two sessions at the same time", () => {
      use((one) =>
        use((other) => {
          const readers = [one, other].map((session) => ({
            entries: session.request(dump)[Symbol.iterator](),
            listed: [] as number[],
          }));
          const readOn = ({ entries, listed }: (typeof readers)[number]): boolean => {
            const next = entries.next();
            if (next.done !== true) listed.push(spiOf(next.value));
            return next.done !== true;
          };
          while (readers.map(readOn).includes(true));
          for (const { listed } of readers) assertEachOnce(listed, crowd);
        }),
      );
    });

    test("do not show in the next listing when one is left", () => {
      use((session) => {
        for (const message of session.request(dump)) if (spiOf(message) !== 0) break;
        assertEachOnce(spisOf(session.request(dump)), crowd);
      });
    });

    test("leave nothing behind when the session is closed in the middle of a listing", () => {
      const session = open();
      const entries = session.request(dump)[Symbol.iterator]();
      assert.ok(crowd.includes(spiOf(entries.next().value!)));
      session.close();
      assert.throws(() => entries.next(), { name: "ClosedError" });
      use((next) => assertEachOnce(spisOf(next.request(dump)), crowd));
    });
  });
}

/** One listing after the other, a part at a time: each has what was there when it began, and nothing twice. */
function listingsOf(lister: Session, added: readonly number[]): { goOn(entries: number): number } {
  let listing: { entries: Iterator<Message>; listed: number[]; before: number } | undefined;
  let complete = 0;
  return {
    /** How many are complete by now. */
    goOn(count) {
      listing ??= { entries: lister.request(dump)[Symbol.iterator](), listed: [], before: added.length };
      const { entries, listed, before } = listing;
      for (let taken = 0; taken < count; taken++) {
        const next = entries.next();
        if (next.done !== true) {
          listed.push(spiOf(next.value));
          continue;
        }
        assertEachOnce(listed, crowd.slice(0, before), crowd.slice(before));
        complete += 1;
        listing = undefined;
        break;
      }
      return complete;
    },
  };
}
