import { type KeySocket, type OutgoingExtension, type OutgoingMessage, request } from "@keysock/wire";
import { expect, describe as group, it } from "vitest";
import { openSession } from "./session.ts";
import { add, addWithKey, get, onWire, policy, question, refusal, remove } from "./testing/messages.ts";
import { plain, runLog } from "./testing/run-log.ts";
import { type Given, type Step, scriptedSocket } from "./testing/scripted-socket.ts";

const withExtension = (message: OutgoingMessage, extension: OutgoingExtension): OutgoingMessage => ({
  ...message,
  extensions: [...message.extensions, extension],
});

const seconds = (addTime: bigint): OutgoingExtension => ({
  kind: "lifetimeHard",
  allocations: 0,
  bytes: 0n,
  addTime,
  useTime: 0n,
});

const range = (min: number, max: number): OutgoingExtension => ({ kind: "spiRange", min, max, reserved: 0 });

const larval = (spi: number): OutgoingMessage => ({
  ...get(spi),
  extensions: get(spi).extensions.map((each) => (each.kind === "sa" ? { ...each, state: 0 } : each)),
});

const found = (message: OutgoingMessage): OutgoingMessage => ({ ...message, type: "get" });
const dumped = (message: OutgoingMessage): OutgoingMessage => ({ ...message, type: "spddump" });
const spddump = request("spddump", "unspec");
const spddelete2 = request("spddelete2", "unspec", policy("spdadd", 2).extensions.slice(0, 1));
const getspi = (...extensions: OutgoingExtension[]): OutgoingMessage => ({
  ...get(5),
  type: "getspi",
  extensions: [...extensions, ...get(5).extensions.slice(1)],
});

interface Row {
  name: string;
  lost: OutgoingMessage;
  /** What is asked and the answers to it; none if nothing can be asked. */
  asked?: OutgoingMessage;
  answers?: OutgoingMessage[];
  line: string;
}

const notDone = (type: string): string => `"${type}" got no reply within 1000 ms, and it was not done`;
const unknown = (type: string): string => `"${type}" got no reply within 1000 ms`;

const rows: Row[] = [
  { name: "add, there", lost: add(5), asked: question(5), answers: [get(5)], line: "add 0x5 seq 0" },
  {
    name: "add with a key, there",
    lost: addWithKey(5),
    asked: question(5),
    answers: [found(addWithKey(5))],
    line: "add 0x5 seq 0",
  },
  {
    name: "add, there with another key",
    lost: addWithKey(5),
    asked: question(5),
    answers: [found(addWithKey(5, Uint8Array.of(8, 7, 6, 5, 4, 3, 2, 1)))],
    line: notDone("add"),
  },
  {
    name: "add, there with another lifetime",
    lost: withExtension(add(5), seconds(60n)),
    asked: question(5),
    answers: [withExtension(get(5), seconds(30n))],
    line: notDone("add"),
  },
  {
    name: "add, not there",
    lost: add(5),
    asked: question(5),
    answers: [refusal(question(5), 3)],
    line: notDone("add"),
  },
  {
    name: "add, the question is refused for another reason",
    lost: add(5),
    asked: question(5),
    answers: [refusal(question(5), 22)],
    line: unknown("add"),
  },
  { name: "add, the question is not answered", lost: add(5), asked: question(5), line: unknown("add") },
  { name: "add without SA", lost: request("add", "esp"), line: unknown("add") },
  {
    name: "update, there with the new lifetime",
    lost: { ...withExtension(add(5), seconds(60n)), type: "update" },
    asked: question(5),
    answers: [withExtension(get(5), seconds(60n))],
    line: "update 0x5 seq 0",
  },
  {
    name: "update, still larval",
    lost: { ...add(5), type: "update" },
    asked: question(5),
    answers: [larval(5)],
    line: notDone("update"),
  },
  {
    name: "delete, still there",
    lost: remove(5),
    asked: question(5),
    answers: [get(5)],
    line: notDone("delete"),
  },
  {
    name: "delete, gone",
    lost: remove(5),
    asked: question(5),
    answers: [refusal(question(5), 3)],
    line: "delete 0x5 seq 0",
  },
  {
    name: "getspi of one SPI, larval",
    lost: getspi(range(5, 5)),
    asked: question(5),
    answers: [larval(5)],
    line: "getspi 0x5 seq 0",
  },
  {
    name: "getspi of one SPI that is somebody else's",
    lost: getspi(range(5, 5)),
    asked: question(5),
    answers: [get(5)],
    line: notDone("getspi"),
  },
  { name: "getspi of a range", lost: getspi(range(5, 9)), line: unknown("getspi") },
  { name: "getspi of any SPI", lost: getspi(), line: unknown("getspi") },
  {
    name: "spdadd, there",
    lost: policy("spdadd", 2),
    asked: spddump,
    answers: [{ ...dumped(policy("spdadd", 3)), sequence: 1 }, dumped(policy("spdadd", 2))],
    line: "spdadd seq 0",
  },
  {
    name: "spdadd, there with another priority",
    lost: policy("spdadd", 2),
    asked: spddump,
    answers: [dumped(policy("spdadd", 2, 7))],
    line: notDone("spdadd"),
  },
  {
    name: "spdadd, only others there",
    lost: policy("spdadd", 2),
    asked: spddump,
    answers: [dumped(policy("spdadd", 3))],
    line: notDone("spdadd"),
  },
  {
    name: "spddelete, no policies at all",
    lost: policy("spddelete", 2),
    asked: spddump,
    answers: [refusal(spddump, 2)],
    line: "spddelete seq 0",
  },
  {
    name: "spddelete2, gone",
    lost: spddelete2,
    asked: { ...spddelete2, type: "spdget" },
    answers: [refusal({ ...spddelete2, type: "spdget" }, 2)],
    line: "spddelete2 seq 0",
  },
  { name: "get", lost: get(5), line: unknown("get") },
  { name: "flush", lost: request("flush", "esp"), line: unknown("flush") },
  { name: "dump", lost: request("dump", "esp"), line: unknown("dump") },
];

const open = (steps: Step[]) => {
  const socket = scriptedSocket(steps);
  const session = openSession(socket, { pid: 100, sequence: { first: 9000 }, now: socket.now });
  return { socket, session, log: runLog() };
};

group("a reply that does not come", () => {
  it.each(rows)("$name", ({ lost, asked, answers, line }) => {
    const steps: Step[] = [{ expect: onWire(lost, 9000) }];
    if (asked !== undefined) {
      // In a dump Linux numbers the entries itself; every other answer echoes the question's number.
      const numbered = (answer: OutgoingMessage) =>
        onWire(answer, answer.type === "spddump" && answer.errno === 0 ? answer.sequence : 9001);
      steps.push({ expect: onWire(asked, 9001), give: answers?.map(numbered) ?? [] });
    }
    const { socket, session, log } = open(steps);
    session.run([log.job("a", plain(lost))]);
    expect({ lines: log.lines, left: socket.left() }).toEqual({
      lines: [`a: ${line}`],
      left: { steps: 0, messages: 0 },
    });
  });

  it("comes late, while the session asks: it is the reply, whatever the answer", () => {
    const steps: Step[] = [
      { expect: onWire(add(5), 9000), give: [{ afterMs: 1200, give: onWire(refusal(add(5), 17), 9000) }] },
      { expect: onWire(question(5), 9001), give: [{ afterMs: 500, give: onWire(get(5), 9001) }] },
    ];
    const { socket, session, log } = open(steps);
    session.run([log.job("a", plain(add(5)))]);
    expect(log.lines).toEqual(['a: "add" was refused: File exists (EEXIST)']);
    expect(socket.now()).toBe(1500);
  });

  it("comes after the answer: it is skipped", () => {
    const late: Given = { afterMs: 1500, give: onWire(add(5), 9000) };
    const socket = scriptedSocket([
      { expect: onWire(add(5), 9000), give: [late] },
      { expect: onWire(question(5), 9001), give: [onWire(get(5), 9001)] },
      { expect: onWire(add(6), 9002), give: [{ afterMs: 800, give: onWire(add(6), 9002) }] },
    ]);
    const seen: string[] = [];
    const session = openSession(socket, {
      pid: 100,
      sequence: { first: 9000 },
      now: socket.now,
      observe: ({ direction, decoded }) => void seen.push(`${direction} ${decoded.message.sequence}`),
    });
    const log = runLog();
    session.run([log.job("a", plain(add(5)))]);
    session.run([log.job("b", plain(add(6)))]);
    expect(log.lines).toEqual(["a: add 0x5 seq 0", "b: add 0x6 seq 0"]);
    expect(seen).toEqual([
      "sent 9000",
      "sent 9001",
      "received 9001",
      "sent 9002",
      "skipped 9000",
      "received 9002",
    ]);
  });

  it("is missing from the middle of a pipeline: the others have theirs", () => {
    const { session, log } = open([
      { expect: onWire(add(1), 9000), give: [onWire(add(1), 9000)] },
      { expect: onWire(add(2), 9001) },
      { expect: onWire(add(3), 9002), give: [onWire(add(3), 9002)] },
      { expect: onWire(question(2), 9003), give: [onWire(get(2), 9003)] },
    ]);
    session.run([1, 2, 3].map((spi) => log.job(`${spi}`, plain(add(spi)))));
    expect(log.lines).toEqual(["1: add 0x1 seq 0", "2: add 0x2 seq 0", "3: add 0x3 seq 0"]);
  });

  it.each([
    { name: "an SA", lost: add(5), later: remove(5) },
    { name: "a policy", lost: policy("spddelete", 2), later: policy("spdadd", 2) },
    { name: "a policy by id", lost: policy("spdadd", 2), later: spddelete2 },
    { name: "some policy", lost: spddelete2, later: policy("spdadd", 2) },
  ])("is not asked for when a later request was about the same: $name", ({ lost, later }) => {
    const { socket, session, log } = open([
      { expect: onWire(lost, 9000) },
      { expect: onWire(later, 9001), give: [onWire(later, 9001)] },
    ]);
    session.run([log.job("a", plain(lost, later))]);
    expect(log.lines[0]).toBe(`a: ${unknown(`${lost.type}`)}`);
    expect({ lines: log.lines.length, left: socket.left() }).toEqual({
      lines: 2,
      left: { steps: 0, messages: 0 },
    });
  });

  it("of a whole window costs one wait and one question when the peer has gone silent", () => {
    const { socket, session, log } = open([
      ...Array.from({ length: 32 }, (_, at) => ({ expect: onWire(add(at + 1), 9000 + at) })),
      { expect: onWire(question(1), 9032) },
    ]);
    session.run(Array.from({ length: 32 }, (_, at) => log.job("a", plain(add(at + 1)))));
    expect(log.lines).toEqual(Array.from({ length: 32 }, () => `a: ${unknown("add")}`));
    expect(socket.now()).toBe(2000);
  });

  it("is asked for again once the peer has been heard", () => {
    const { socket, session, log } = open([
      { expect: onWire(add(1), 9000) },
      { expect: onWire(question(1), 9001) },
      { expect: onWire(add(2), 9002), give: [onWire(add(2), 9002)] },
      { expect: onWire(add(3), 9003) },
      { expect: onWire(question(3), 9004), give: [onWire(get(3), 9004)] },
    ]);
    for (const spi of [1, 2, 3]) session.run([log.job(`${spi}`, plain(add(spi)))]);
    expect(log.lines).toEqual([`1: ${unknown("add")}`, "2: add 0x2 seq 0", "3: add 0x3 seq 0"]);
    expect(socket.left()).toEqual({ steps: 0, messages: 0 });
  });

  it("cannot be asked for when the socket breaks: that ends the run", () => {
    const { socket, log } = open([{ expect: onWire(add(5), 9000) }, { expect: onWire(question(5), 9001) }]);
    const breaking: KeySocket = {
      ...socket,
      receive(timeoutMs) {
        if (socket.batches.length === 2) throw new Error("connection closed");
        return socket.receive(timeoutMs);
      },
    };
    const session = openSession(breaking, { pid: 100, sequence: { first: 9000 }, now: socket.now });
    expect(() => session.run([log.job("a", plain(add(5)))])).toThrow("connection closed");
    expect(log.lines).toEqual([]);
  });

  it("of a whole window is asked for one by one when the peer answers questions", () => {
    const { socket, session, log } = open([
      ...[1, 2, 3].map((spi) => ({ expect: onWire(add(spi), 8999 + spi) })),
      ...[1, 2, 3].map((spi) => ({
        expect: onWire(question(spi), 9002 + spi),
        give: [onWire(get(spi), 9002 + spi)],
      })),
    ]);
    session.run([log.job("a", plain(add(1), add(2), add(3)))]);
    expect(log.lines).toEqual(["a: add 0x1 seq 0", "a: add 0x2 seq 0", "a: add 0x3 seq 0"]);
    expect(socket.now()).toBe(1000);
  });

  it("does not hold the session up while others' broadcasts keep coming", () => {
    const broadcasts = Array.from({ length: 20 }, (_, at) => ({
      afterMs: at * 300,
      give: onWire(add(7), 0, 200),
    }));
    const { socket, session, log } = open([{ expect: onWire(get(5), 9000), give: broadcasts }]);
    session.run([log.job("a", plain(get(5)))]);
    expect({ lines: log.lines, now: socket.now() }).toEqual({ lines: [`a: ${unknown("get")}`], now: 1000 });
  });

  it("in the middle of a dump ends it; each entry starts the wait anew", () => {
    const dump = request("dump", "esp");
    const { socket, session, log } = open([
      {
        expect: onWire(dump, 9000),
        give: [1, 2, 3].map((at) => ({ afterMs: at * 900, give: onWire({ ...get(at), type: "dump" }, at) })),
      },
    ]);
    session.run([log.job("a", plain(dump))]);
    expect(log.lines).toEqual([
      "a: dump 0x1 seq 1",
      "a: dump 0x2 seq 2",
      "a: dump 0x3 seq 3",
      `a: ${unknown("dump")}`,
    ]);
    expect(socket.now()).toBe(3700);
  });

  it("is not asked for without numbers", () => {
    const socket = scriptedSocket([{ expect: onWire(add(5), 0) }]);
    const session = openSession(socket, {
      pid: 100,
      sequence: "as-given",
      now: socket.now,
      replyTimeoutMs: 50,
    });
    const log = runLog();
    session.run([log.job("a", plain(add(5)))]);
    expect({ lines: log.lines, now: socket.now() }).toEqual({
      lines: ['a: "add" got no reply within 50 ms'],
      now: 50,
    });
  });
});
