import { type OutgoingMessage, request } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { openSession } from "./session.ts";
import { add, entry, get, onWire, question, refusal } from "./testing/messages.ts";
import { plain, runLog } from "./testing/run-log.ts";
import { type Given, ScriptedOverrunError, type Step, scriptedSocket } from "./testing/scripted-socket.ts";

const dump = request("dump", "unspec");
const overrun = new ScriptedOverrunError("the queue was full");

function session(steps: readonly Step[]) {
  const socket = scriptedSocket(steps);
  return { socket, ...openSession(socket, { pid: 100, sequence: { first: 9000 }, now: socket.now }) };
}

/** What receiving comes to, so many times. */
const receiveAll = ({ receive }: Pick<ReturnType<typeof session>, "receive">, times: number) =>
  Array.from({ length: times }, () => {
    try {
      return receive(0)?.message.type;
    } catch (error) {
      return `${error}`;
    }
  });

const told = "LostMessagesError: the queue was full";

describe("messages for which a socket had no room", () => {
  it("are told to a monitor in their place, and it goes on", () => {
    const { socket: _, ...monitor } = session([
      { expect: onWire(add(1), 9000), give: [onWire(add(1), 9000), add(2), overrun, add(3)] },
    ]);
    expect(monitor.request(add(1))[Symbol.iterator]().next().value).toMatchObject({ type: "add" });
    expect(receiveAll(monitor, 4)).toEqual(["add", told, "add", undefined]);
  });

  it("have their cause kept", () => {
    const { request: ask, receive } = session([
      { expect: onWire(add(1), 9000), give: [onWire(add(1), 9000), overrun] },
    ]);
    expect([...ask(add(1))]).toHaveLength(1);
    expect(() => receive(0)).toThrow(expect.objectContaining({ cause: overrun }));
  });

  it("are no matter to requests that were answered, and told to who listens later, once", () => {
    const listener = session([
      { expect: onWire(get(1), 9000), give: [overrun, add(7), overrun, onWire(get(1), 9000)] },
    ]);
    expect([...listener.request(get(1))].map(({ type }) => type)).toEqual(["get"]);
    expect(receiveAll(listener, 2)).toEqual([told, undefined]);
  });

  it("are asked for, if they were replies", () => {
    const log = runLog();
    const { run } = session([
      { expect: onWire(add(1), 9000) },
      { expect: onWire(add(2), 9001), give: [overrun, onWire(add(2), 9001)] },
      { expect: onWire(question(1), 9002), give: [onWire({ ...add(1), type: "get" }, 9002)] },
    ]);
    run([log.job("add", plain(add(1), add(2)))]);
    expect(log.lines).toEqual(["add: add 0x1 seq 0", "add: add 0x2 seq 0"]);
  });

  it("end nothing but what they say: another error of the socket does", () => {
    const { request: ask } = session([{ expect: onWire(get(1), 9000), give: [new Error("broken")] }]);
    expect(() => [...ask(get(1))]).toThrow("broken");
  });
});

describe("a dump", () => {
  const entries = (...sequences: number[]): OutgoingMessage[] =>
    sequences.map((sequence, index) => onWire(entry(index + 1, 0), sequence));

  it.each<{ name: string; give: Given[]; seen: string[] }>([
    {
      name: "that is whole",
      give: entries(1, 2, 3, 0),
      seen: ["dump 0x1", "dump 0x2", "dump 0x3", "dump 0x4"],
    },
    {
      name: "that is whole though messages were lost",
      give: [...entries(1), overrun, onWire(entry(2, 0), 0)],
      seen: ["dump 0x1", "dump 0x2"],
    },
    {
      name: "with gaps",
      give: entries(1, 4, 5, 7, 0),
      seen: [
        "dump 0x1",
        "dump 0x2",
        "dump 0x3",
        "dump 0x4",
        "dump 0x5",
        '"dump" is incomplete: 3 of its entries did not come',
      ],
    },
    {
      name: "without its first entries",
      give: entries(3, 0),
      seen: ["dump 0x1", "dump 0x2", '"dump" is incomplete: 2 of its entries did not come'],
    },
    {
      name: "without its end",
      give: entries(1, 2),
      seen: ["dump 0x1", "dump 0x2", '"dump" got no reply within 1000 ms'],
    },
    {
      name: "whose entries repeat the number of the request",
      give: entries(9000, 9000, 0),
      seen: ["dump 0x1", "dump 0x2", "dump 0x3"],
    },
  ])("$name", ({ give, seen }) => {
    const { run } = session([{ expect: onWire(dump, 9000), give }]);
    const log = runLog();
    run([log.job("", plain(dump))]);
    expect(log.lines.map((line) => line.replace(/^: (.*?)( seq \d+)?$/, "$1"))).toEqual(seen);
  });

  it("is told from another that is refused meanwhile", () => {
    const { request: ask } = session([
      { expect: onWire(dump, 9000), give: entries(1) },
      { expect: onWire(dump, 9001), give: [{ ...refusal(onWire(dump, 9001), 16) }, onWire(entry(2, 0), 0)] },
    ]);
    const first = ask(dump)[Symbol.iterator]();
    expect(first.next().value).toMatchObject({ sequence: 1 });
    expect(() => [...ask(dump)]).toThrow('"dump" was refused: Device or resource busy (EBUSY)');
    expect(first.next().value).toMatchObject({ sequence: 0 });
    expect(first.next().done).toBe(true);
  });
});
