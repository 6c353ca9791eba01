import { describe, expect, it } from "vitest";
import { type Libc, loadLibc } from "./libc.ts";
import { queueWatch } from "./queue-watch.ts";

const limit = 1_000_000;

/** What each look shows, given how much is in use at it and the lengths of what was taken out before. */
function looks(...queues: { used: number; taken?: number[] }[]) {
  let at = 0;
  const libc: Libc = { ...loadLibc(), receiveQueue: () => ({ used: queues[at]!.used, limit }) };
  const look = queueWatch(libc, 0);
  return queues.map(({ taken = [] }, index) => {
    at = index;
    const { filling, overrun } = look(taken);
    return `${filling ? "filling" : "calm"}${overrun ? " overrun" : ""}`;
  });
}

describe("queueWatch", () => {
  it.each([
    {
      name: "fills from three quarters on, until half is left",
      queues: [{ used: 740_000 }, { used: 760_000 }, { used: 510_000 }, { used: 490_000 }, { used: 740_000 }],
      seen: ["calm", "filling", "filling", "calm", "calm"],
    },
    {
      name: "tells once that it is over the limit, and again after it was not",
      queues: [
        { used: limit },
        { used: limit + 1 },
        { used: limit + 1 },
        { used: limit },
        { used: limit + 1 },
      ],
      seen: ["filling", "filling overrun", "filling", "filling", "filling overrun"],
    },
    {
      name: "counts what was taken out, at the most that a kernel counts for it",
      queues: [
        { used: limit - 2 * 1504, taken: [240, 240] },
        { used: limit - 2 * 1504 + 1, taken: [240, 240] },
      ],
      seen: ["filling", "filling overrun"],
    },
  ])("$name", ({ queues, seen }) => {
    expect(looks(...queues)).toEqual(seen);
  });

  it("is calm where the kernel does not tell", () => {
    expect(queueWatch(loadLibc(), -1)([240])).toMatchObject({ filling: false, overrun: false });
  });
});
