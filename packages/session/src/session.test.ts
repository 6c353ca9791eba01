import {
  type Command,
  EncodeError,
  type KeySocket,
  linux,
  type OutgoingMessage,
  request,
} from "@keysock/wire";
import { expect, describe as group, it } from "vitest";
import { NoReplyError } from "./no-reply-error.ts";
import type { SessionEvent, SessionOptions } from "./options.ts";
import { RefusedError } from "./refused-error.ts";
import { RepliesGoneError } from "./replies-gone-error.ts";
import { openSession } from "./session.ts";
import { add, addWithKey, entry, get, onWire, refusal, testKey } from "./testing/messages.ts";
import { describe, plain, runLog } from "./testing/run-log.ts";
import { type Step, scriptedSocket } from "./testing/scripted-socket.ts";

const dump = request("dump", "unspec");

const open = (steps: Step[], options: Partial<SessionOptions> = {}) => {
  const socket = scriptedSocket(steps);
  const session = openSession(socket, { pid: 100, sequence: { first: 9000 }, now: socket.now, ...options });
  return { socket, session, log: runLog() };
};

group("request", () => {
  it("gives the replies as they come", () => {
    const { session } = open([
      { expect: onWire(dump, 9000), give: [onWire(entry(1, 0), 1), onWire(entry(2, 0), 0)] },
    ]);
    expect([...session.request(dump)].map(describe)).toEqual(["dump 0x1 seq 1", "dump 0x2 seq 0"]);
  });

  it("sends nothing before it is iterated", () => {
    const { socket, session } = open([]);
    session.request(dump);
    expect(socket.batches).toEqual([]);
  });

  it("throws a refusal with what was refused, without keys", () => {
    const { session } = open([
      { expect: onWire(addWithKey(5), 9000), give: [onWire(refusal(addWithKey(5), 17), 9000)] },
    ]);
    const thrown = caught(() => [...session.request(addWithKey(5))]);
    expect(thrown).toBeInstanceOf(RefusedError);
    expect(thrown).toMatchObject({
      errno: 17,
      errnoName: "EEXIST",
      text: "File exists",
      request: add(5),
      reply: { type: "add", errno: 17, sequence: 0, pid: 100, extensions: [] },
    });
  });

  it("throws the socket's error as the cause of a refusal to send", () => {
    const { session } = open([{ expect: onWire(add(5), 9000), fail: 90 }]);
    const thrown = caught(() => [...session.request(add(5))]);
    expect(thrown).toMatchObject({
      name: "RefusedError",
      errnoName: "EMSGSIZE",
      reply: undefined,
      cause: { name: "ScriptedSendError" },
    });
  });

  it("throws when no reply comes", () => {
    const { session } = open([{ expect: onWire(dump, 9000) }], { replyTimeoutMs: 30 });
    const thrown = caught(() => [...session.request(dump)]);
    expect(thrown).toBeInstanceOf(NoReplyError);
    expect(thrown).toMatchObject({ request: dump, timeoutMs: 30, done: undefined });
  });

  it("leaves the keys of its message alone", () => {
    const key = testKey();
    const { session } = open([{ expect: onWire(addWithKey(5), 9000), give: [onWire(addWithKey(5), 9000)] }]);
    expect([...session.request(addWithKey(5, key))].map(describe)).toEqual(["add 0x5 seq 0"]);
    expect(key).toEqual(testKey());
  });

  it("may be made while another's replies are read", () => {
    const { session } = open([
      { expect: onWire(dump, 9000), give: [onWire(entry(1, 0), 1), onWire(entry(2, 0), 0)] },
      { expect: onWire(get(1), 9001), give: [onWire(get(1), 9001)] },
      { expect: onWire(get(2), 9002), give: [onWire(get(2), 9002)] },
    ]);
    const lines: string[] = [];
    for (const found of session.request(dump)) {
      lines.push(describe(found));
      const spi = lines.length === 1 ? 1 : 2;
      for (const reply of session.request(get(spi))) lines.push(describe(reply));
      if (lines.length === 4) break;
    }
    expect(lines).toEqual(["dump 0x1 seq 1", "get 0x1 seq 0", "dump 0x2 seq 0", "get 0x2 seq 0"]);
  });
});

group("the clock", () => {
  it("may be set back: nobody waits longer for that", () => {
    const { socket, session } = open([{ expect: onWire(dump, 9000) }], {
      now: () => -3_600_000 * socket.now(),
    });
    expect(caught(() => [...session.request(dump)])).toBeInstanceOf(NoReplyError);
    expect(socket.now()).toBe(1000);
  });
});

group("receive", () => {
  it("gives whatever comes, and undefined when nothing does", () => {
    const seen: SessionEvent["direction"][] = [];
    const { session } = open(
      [{ expect: onWire(get(1), 9000), give: [onWire(get(1), 9000), onWire(add(7), 0, 200)] }],
      { observe: ({ direction }) => void seen.push(direction) },
    );
    expect([...session.request(get(1))]).toHaveLength(1);
    expect(session.receive(10)?.message).toMatchObject({ type: "add", pid: 200 });
    expect(session.receive(10)).toBeUndefined();
    expect(seen).toEqual(["sent", "received", "received"]);
  });
});

group("observe", () => {
  it("is told of every message as it is on the wire", () => {
    const seen: string[] = [];
    const flush = request("flush", "unspec");
    const { session } = open(
      [
        { expect: onWire(flush, 9000), give: [onWire(flush, 9000), onWire(flush, 9000)] },
        { expect: onWire(dump, 9001), give: [onWire(add(9), 0, 200), onWire(entry(1, 0), 0)] },
      ],
      {
        observe: ({ direction, decoded }) =>
          void seen.push(`${direction} ${describe(decoded.message)} of ${decoded.bytes.length} bytes`),
      },
    );
    session.run([{ command: plain(flush, dump) }]);
    expect(seen).toEqual([
      "sent flush seq 9000 of 16 bytes",
      "received flush seq 9000 of 16 bytes",
      "sent dump seq 9001 of 16 bytes",
      "skipped flush seq 9000 of 16 bytes",
      "skipped add 0x9 seq 0 of 80 bytes",
      "received dump 0x1 seq 0 of 80 bytes",
    ]);
  });
});

group("a dump that nobody reads on", () => {
  it("is drained before anything else is sent, for a kernel takes one at a time", () => {
    const seen: string[] = [];
    const { session } = open(
      [
        { expect: onWire(dump, 9000), give: [1, 2, 0].map((sequence) => onWire(entry(5, 0), sequence)) },
        { expect: onWire(get(1), 9001), give: [onWire(get(1), 9001)] },
      ],
      { observe: ({ direction, decoded }) => void seen.push(`${direction} ${describe(decoded.message)}`) },
    );
    for (const _ of session.request(dump)) break;
    for (const _ of session.request(get(1))) break;
    expect(seen).toEqual([
      "sent dump seq 9000",
      "received dump 0x5 seq 1",
      "received dump 0x5 seq 2",
      "received dump 0x5 seq 0",
      "sent get 0x1 seq 9001",
      "received get 0x1 seq 9001",
    ]);
  });
});

group("keys", () => {
  /** Keeps what it is given to send, as the session's own arrays. */
  const keeper = () => {
    const kept: Uint8Array[] = [];
    const { socket, log } = open([{ expect: onWire(addWithKey(1), 9000), give: [onWire(add(1), 9000)] }]);
    const spying: KeySocket = {
      ...socket,
      send(messages) {
        kept.push(...messages);
        socket.send(messages);
      },
    };
    return { kept, socket: spying, log, now: socket.now };
  };

  it("are overwritten in the bytes sent, in the request and in what the observer saw", () => {
    const { kept, socket, log, now } = keeper();
    const seen: Uint8Array[] = [];
    const session = openSession(socket, {
      pid: 100,
      sequence: { first: 9000 },
      now,
      observe: ({ direction, decoded: { message, bytes } }) => {
        if (direction !== "sent") return;
        seen.push(bytes);
        for (const each of message.extensions) {
          if (each.kind !== "keyEncryption") continue;
          expect(each.key).toEqual(testKey());
          seen.push(each.key);
        }
      },
    });
    const key = testKey();
    session.run([log.job("a", plain(addWithKey(1, key)))]);
    expect(log.lines).toEqual(["a: add 0x1 seq 0"]);
    const arrays = [key, ...kept, ...seen];
    expect(arrays.map((bytes) => bytes.length)).toEqual([8, 96, 96, 8]);
    expect(arrays.flatMap((bytes) => [...bytes]).every((byte) => byte === 0)).toBe(true);
  });

  it("that several requests of one command share are whole in each", () => {
    const key = testKey();
    const { session, log } = open(
      [1, 2].map((spi) => ({ expect: onWire(addWithKey(spi), 0), give: [onWire(add(spi), 0)] })),
      { sequence: "as-given" },
    );
    session.run([log.job("a", plain(addWithKey(1, key), addWithKey(2, key)))]);
    expect(log.lines).toEqual(["a: add 0x1 seq 0", "a: add 0x2 seq 0"]);
    expect(key).toEqual(new Uint8Array(8));
  });

  it("are overwritten when the run breaks off", () => {
    const key = testKey();
    const { session } = open([]);
    function* jobs() {
      yield { command: plain(addWithKey(1, key)) };
      throw new Error("line 2: syntax error");
    }
    expect(() => session.run(jobs())).toThrow("after the end of the script");
    expect(key).toEqual(new Uint8Array(8));
  });
});

group("a run that breaks off", () => {
  const steps = (...spis: number[]): Step[] =>
    spis.map((spi, at) => ({ expect: onWire(add(spi), 9000 + at), give: [onWire(add(spi), 9000 + at)] }));

  it("because there is no next job has settled those before", () => {
    const { session, log } = open(steps(1, 2));
    function* jobs() {
      yield log.job("a", plain(add(1)));
      yield log.job("b", plain(add(2)));
      throw new Error("line 3: syntax error");
    }
    expect(() => session.run(jobs())).toThrow("line 3: syntax error");
    expect(log.lines).toEqual(["a: add 0x1 seq 0", "b: add 0x2 seq 0"]);
  });

  it("because a command throws has settled those before", () => {
    const { session, log } = open(steps(1, 2));
    function* command(): Command {
      yield add(2);
      throw new Error("no such name");
    }
    const jobs = [log.job("a", plain(add(1))), log.job("b", command()), log.job("c", plain(add(3)))];
    expect(() => session.run(jobs)).toThrow("no such name");
    expect(log.lines).toEqual(["a: add 0x1 seq 0", "b: add 0x2 seq 0"]);
  });

  it("because a handler throws leaves the session usable", () => {
    const skipped: string[] = [];
    const { session, log } = open(
      [...steps(1, 2), { expect: onWire(get(1), 9002), give: [onWire(get(1), 9002)] }],
      {
        observe: ({ direction, decoded }) =>
          void (direction === "skipped" && skipped.push(describe(decoded.message))),
      },
    );
    const broken = {
      command: plain(add(1)),
      reply: () => {
        throw new Error("write EPIPE");
      },
    };
    expect(() => session.run([broken, log.job("b", plain(add(2)))])).toThrow("write EPIPE");
    session.run([log.job("c", plain(get(1)))]);
    expect({ lines: log.lines, skipped }).toEqual({
      lines: ["c: get 0x1 seq 0"],
      skipped: ["add 0x2 seq 9001"],
    });
  });

  it("because a job without a handler was refused has settled those before", () => {
    const { session, log } = open([
      ...steps(1),
      { expect: onWire(add(2), 9001), give: [onWire(refusal(add(2), 17), 9001)] },
      { expect: onWire(add(3), 9002), give: [onWire(add(3), 9002)] },
    ]);
    const jobs = [log.job("a", plain(add(1))), { command: plain(add(2)) }, log.job("c", plain(add(3)))];
    expect(() => session.run(jobs)).toThrow('"add" was refused: File exists (EEXIST)');
    expect(log.lines).toEqual(["a: add 0x1 seq 0"]);
  });

  it("ends there although the next command catches everything", () => {
    const { session, log } = open([
      { expect: onWire(add(1), 9000), give: [onWire(refusal(add(1), 17), 9000)] },
      { expect: onWire(get(2), 9001), give: [onWire(get(2), 9001)] },
    ]);
    function* command(): Command {
      try {
        for (const _ of yield get(2)) log.lines.push("got it");
      } catch {
        yield add(2);
      }
    }
    expect(() => session.run([{ command: plain(add(1)) }, log.job("b", command())])).toThrow(RefusedError);
    expect(log.lines).toEqual([]);
  });

  it("because a message cannot be encoded has settled those before", () => {
    const { session, log } = open(steps(1));
    const broken: OutgoingMessage = { ...add(2), pid: -1 };
    expect(() => session.run([log.job("a", plain(add(1), broken))])).toThrow(EncodeError);
    expect(log.lines).toEqual(["a: add 0x1 seq 0"]);
  });

  it("lets the commands that it had begun clean up", () => {
    const lines: string[] = [];
    function* command(): Command {
      try {
        yield* Array.from({ length: 40 }, (_, at) => add(at + 1));
      } finally {
        lines.push("cleaned up");
      }
    }
    const { session } = open(steps(...Array.from({ length: 32 }, (_, at) => at + 1)));
    const job = {
      command: command(),
      reply: () => {
        throw new Error("write EPIPE");
      },
    };
    expect(() => session.run([job])).toThrow("write EPIPE");
    expect(lines).toEqual(["cleaned up"]);
  });
});

group("a socket that breaks", () => {
  class BrokenError extends Error {
    override readonly name = "BrokenError";
  }
  /** As a socket whose peer has gone throws it. */
  const gone = Object.assign(new BrokenError("the peer is gone"), { errno: 32, code: "EPIPE" });

  const breaking = (part: "send" | "receive", error: Error): KeySocket => ({
    dialect: linux,
    send() {
      if (part === "send") throw error;
    },
    receive() {
      throw error;
    },
    close() {},
  });

  it.each([
    { part: "send", error: new BrokenError("closed") },
    { part: "send", error: gone },
    { part: "receive", error: new BrokenError("closed") },
    { part: "receive", error: gone },
  ] as const)("on $part ends the run with its own error: $error.message", ({ part, error }) => {
    const log = runLog();
    const session = openSession(breaking(part, error), { pid: 100, sequence: { first: 1 } });
    expect(() => session.run([log.job("a", plain(add(1), add(2))), log.job("b", plain(dump))])).toThrow(
      error,
    );
    expect(() => [...session.request(dump)]).toThrow(error);
    expect(log.lines).toEqual([]);
  });
});

group("a session", () => {
  it("has its socket's dialect and closes it", () => {
    const { socket, session } = open([]);
    expect(session.dialect).toBe(linux);
    session.close();
    expect(socket.closed).toBe(true);
  });

  it("cannot give replies to a command that asks for them too late", () => {
    const { session, log } = open([
      { expect: onWire(add(1), 9000), give: [onWire(add(1), 9000)] },
      { expect: onWire(add(2), 9001), give: [onWire(add(2), 9001)] },
    ]);
    function* command(): Command {
      const first = yield add(1);
      for (const reply of yield add(2)) log.lines.push(`iterated ${describe(reply)}`);
      expect(() => [...first]).toThrow(RepliesGoneError);
    }
    session.run([log.job("a", command())]);
    expect(log.lines).toEqual(["a: add 0x1 seq 0", "iterated add 0x2 seq 0"]);
  });
});

function caught(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
