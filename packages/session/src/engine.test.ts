import { fc, test } from "@fast-check/vitest";
import { createEngine } from "@keysock/engine";
import {
  type Command,
  decode,
  find,
  type KeySocket,
  linux,
  type OutgoingMessage,
  request,
} from "@keysock/wire";
import { expect, describe as group, it } from "vitest";
import type { SessionOptions } from "./options.ts";
import { openSession } from "./session.ts";
import { add, addWithKey, get, policy, remove } from "./testing/messages.ts";
import { describe, plain, runLog } from "./testing/run-log.ts";

const clock = { now: () => 1_700_000_000_000, sleep: () => {} };
const engine = () => createEngine({ personality: "linux", clock });
const numbered = { pid: 100, sequence: { first: 0x80000000 }, now: clock.now } as const;
const asGiven = { pid: 100, sequence: "as-given", now: clock.now } as const;

const dump = request("dump", "unspec");
const flush = request("flush", "unspec");
const spddump = request("spddump", "unspec");

function* deleteAll(): Command {
  const spis: number[] = [];
  for (const found of yield dump) spis.push(find(found, "sa")?.spi ?? 0);
  for (const spi of spis) yield remove(spi);
}

group("over the engine", () => {
  it("adds, gets, dumps, flushes; policies too", () => {
    const session = openSession(engine().connect(), numbered);
    const log = runLog();
    session.run([
      log.job("register", plain(request("register", "unspec"))),
      log.job("add", plain(addWithKey(0x100), addWithKey(0x101), addWithKey(0x100))),
      log.job("get", plain(get(0x101), get(0x102))),
      log.job("dump", plain(dump)),
      log.job("delete", plain(remove(0x100))),
      log.job("spdadd", plain(policy("spdadd", 2), policy("spdadd", 2), policy("spdadd", 3))),
      log.job("flush", plain(flush, flush)),
      log.job("dump", plain(dump)),
      log.job("spddump", plain(spddump)),
      log.job("spdflush", plain(request("spdflush", "unspec"))),
      log.job("spddump", plain(spddump)),
    ]);
    expect(log.lines).toEqual([
      "register: register seq 0",
      "add: add 0x100 seq 0",
      "add: add 0x101 seq 0",
      'add: "add" was refused: File exists (EEXIST)',
      "get: get 0x101 seq 0",
      'get: "get" was refused: No such process (ESRCH)',
      "dump: dump 0x101 seq 1",
      "dump: dump 0x100 seq 0",
      "delete: delete 0x100 seq 0",
      "spdadd: spdadd seq 0",
      'spdadd: "spdadd" was refused: File exists (EEXIST)',
      "spdadd: spdadd seq 0",
      "flush: flush seq 0",
      "flush: flush seq 0",
      'dump: "dump" was refused: No such file or directory (ENOENT)',
      "spddump: spddump seq 1",
      "spddump: spddump seq 0",
      "spdflush: spdflush seq 0",
      'spddump: "spddump" was refused: No such file or directory (ENOENT)',
    ]);
    session.close();
  });

  it("skips what another session does", () => {
    const shared = engine();
    const other = openSession(shared.connect(), { ...numbered, pid: 200 });
    const skipped: string[] = [];
    const session = openSession(shared.connect(), {
      ...numbered,
      observe: ({ direction, decoded }) =>
        void (
          direction === "skipped" && skipped.push(`${describe(decoded.message)} of ${decoded.message.pid}`)
        ),
    });
    other.run([{ command: plain({ ...addWithKey(0x200), sequence: 7 }) }]);
    const log = runLog();
    session.run([log.job("dump", plain(dump))]);
    expect({ lines: log.lines, skipped }).toEqual({
      lines: ["dump: dump 0x200 seq 0"],
      skipped: ["add 0x200 seq 7 of 200"],
    });
  });

  it("dumps and deletes 2,000 SAs", () => {
    const session = openSession(engine().connect(), numbered);
    const log = runLog();
    const spis = Array.from({ length: 2000 }, (_, at) => 0x1000 + at);
    session.run(spis.map((spi) => ({ command: plain(addWithKey(spi)) })));
    session.run([log.job("dump", plain(dump))]);
    expect(log.lines.map((line) => line.split(" ")[2])).toEqual(
      spis.map((spi) => `0x${spi.toString(16)}`).reverse(),
    );
    log.lines.length = 0;
    session.run([log.job("deleteall", deleteAll()), log.job("dump", plain(dump))]);
    expect(log.lines).toHaveLength(2001);
    expect(log.lines.at(-1)).toBe('dump: "dump" was refused: No such file or directory (ENOENT)');
  });

  /** The engine's socket, but each first reply of these types is lost. */
  const losing = (...types: (string | number)[]): KeySocket => {
    const socket = engine().connect();
    return {
      ...socket,
      receive(timeoutMs) {
        const bytes = socket.receive(timeoutMs);
        const lost = bytes === undefined ? -1 : types.indexOf(decode(bytes, linux).message.type);
        if (lost === -1) return bytes;
        types.splice(lost, 1);
        return socket.receive(timeoutMs);
      },
    };
  };

  it("asks after replies that are lost", () => {
    const session = openSession(
      losing("add", "update", "delete", "spdadd", "spdupdate", "spddelete"),
      numbered,
    );
    const log = runLog();
    const run = (...requests: OutgoingMessage[]) =>
      session.run([log.job(`${requests[0]?.type}`, plain(...requests))]);
    run(addWithKey(0x100), add(0x101));
    run(addWithKey(0x100));
    run({ ...addWithKey(0x100), type: "update" });
    run(remove(0x100));
    run(remove(0x100));
    run(policy("spdadd", 2));
    run(policy("spdadd", 2));
    run(policy("spdupdate", 2, 7));
    run(policy("spddelete", 2), spddump);
    expect(log.lines).toEqual([
      "add: add 0x100 seq 0",
      'add: "add" was refused: Invalid argument (EINVAL)',
      'add: "add" was refused: File exists (EEXIST)',
      "update: update 0x100 seq 0",
      "delete: delete 0x100 seq 0",
      'delete: "delete" was refused: No such process (ESRCH)',
      "spdadd: spdadd seq 0",
      'spdadd: "spdadd" was refused: File exists (EEXIST)',
      "spdupdate: spdupdate seq 0",
      "spddelete: spddelete seq 0",
      'spddelete: "spddump" was refused: No such file or directory (ENOENT)',
    ]);
  });

  /** One of few SPIs and addresses, so that most requests meet what another did. */
  const aRequest: fc.Arbitrary<OutgoingMessage> = fc
    .record({
      what: fc.constantFrom("add", "get", "delete", "spd", "flush", "dump"),
      which: fc.integer({ min: 1, max: 4 }),
    })
    .map(({ what, which }) => {
      switch (what) {
        case "add":
          return addWithKey(0x100 + which);
        case "get":
          return get(0x100 + which);
        case "delete":
          return remove(0x100 + which);
        case "spd":
          return policy(which > 2 ? "spddelete" : "spdadd", which % 2);
        case "flush":
          return flush;
        default:
          return dump;
      }
    });

  const linesOf = (requests: readonly (readonly OutgoingMessage[])[], options: SessionOptions): string[] => {
    const log = runLog();
    // A run overwrites the keys that it has sent.
    const jobs = structuredClone(requests).map((each, at) => log.job(`${at}`, plain(...each)));
    openSession(engine().connect(), options).run([...jobs, log.job("end", plain(dump, spddump))]);
    return log.lines;
  };

  test.prop([fc.array(fc.array(aRequest, { maxLength: 10 }), { maxLength: 20 })], { numRuns: 200 })(
    "pipelined and one at a time come to the same",
    (requests) => {
      expect(linesOf(requests, numbered)).toEqual(linesOf(requests, asGiven));
    },
  );
});
