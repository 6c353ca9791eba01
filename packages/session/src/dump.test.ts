import { type Command, encode, type KeySocket, linux, request } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { openSession } from "./session.ts";
import { entry, onWire, policy } from "./testing/messages.ts";
import { plain, runLog } from "./testing/run-log.ts";
import { scriptedSocket } from "./testing/scripted-socket.ts";

const count = 100_000;
const dump = request("dump", "unspec");

/** A peer that makes each entry when it is asked for it, and how many it has made. */
function bigDump(): { socket: KeySocket; made: () => number } {
  let made = 0;
  const socket: KeySocket = {
    dialect: linux,
    send() {},
    receive() {
      made += 1;
      return encode(onWire(entry(made, 0), made < count ? made : 0), linux);
    },
    close() {},
  };
  return { socket, made: () => made };
}

describe("a dump of 100,000 entries", () => {
  it.each([{ to: "handlers" }, { to: "the command" }, { to: "request" }] as const)(
    "reaches $to one by one, none waiting in memory",
    ({ to }) => {
      const { socket, made } = bigDump();
      const session = openSession(socket, { pid: 100, sequence: { first: 9000 } });
      let taken = 0;
      let waiting = 0;
      const take = () => {
        taken += 1;
        waiting = Math.max(waiting, made() - taken);
      };
      function* command(): Command {
        const replies = yield dump;
        if (to === "the command") for (const _ of replies) take();
      }
      if (to === "request") for (const _ of session.request(dump)) take();
      else session.run([{ command: command(), reply: take }]);
      expect({ taken, waiting }).toEqual({ taken: count, waiting: 0 });
    },
  );
});

describe("dumps over a socket that hears all, its own requests too", () => {
  it("end with their last entries", () => {
    const twice = <T>(given: T): T[] => [given, given];
    const policies = request("spddump", "unspec");
    const socket = scriptedSocket([
      {
        expect: onWire(dump, 9000),
        give: [onWire(dump, 9000), ...twice(onWire(entry(1, 0), 0))],
      },
      {
        expect: onWire(policies, 9001),
        give: [onWire(policies, 9001), ...twice(onWire(policy("spddump", 1), 0))],
      },
    ]);
    const log = runLog();
    const session = openSession(socket, { pid: 100, sequence: { first: 9000 }, now: socket.now });
    session.run([log.job("all", plain(dump, policies))]);
    expect(log.lines).toEqual(["all: dump 0x1 seq 0", "all: spddump seq 0"]);
  });
});
