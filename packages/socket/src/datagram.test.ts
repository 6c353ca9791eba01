import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { ClosedError } from "./closed-error.ts";
import { type DatagramOptions, datagramSocket, OverrunError, TruncatedError } from "./datagram.ts";
import { type Libc, loadLibc } from "./libc.ts";
import { EINTR, MSG_NOSIGNAL } from "./linux.ts";
import { PeerGoneError } from "./peer-gone-error.ts";
import { SendError } from "./send-error.ts";
import { openDescriptors, thrownBy } from "./testing/process.ts";
import { SOCK_SEQPACKET, socketPair } from "./testing/socket-pair.ts";
import { spyOn } from "./testing/spy.ts";

const options: DatagramOptions = {
  what: "the test socket",
  longestMessage: 512,
  nameSize: 0,
  accepts: () => true,
};

function pair(libc: Libc = loadLibc(), more: Partial<DatagramOptions> = {}) {
  const [a, b] = socketPair(SOCK_SEQPACKET);
  const both = { ...options, ...more };
  return [datagramSocket(libc, a, both), datagramSocket(libc, b, both)] as const;
}

/** Message number n: its length is its own, and so is each byte. */
const message = (n: number) => new Uint8Array(1 + (n % 50)).fill(n);

describe("many messages", () => {
  it("go in few system calls, in order and whole", () => {
    const { libc, calls, count } = spyOn(loadLibc());
    const [a, b] = pair(libc);
    const messages = Array.from({ length: 100 }, (_, n) => message(n));
    a.send(messages);
    expect(count("sendmmsg")).toBe(4);
    expect(calls.find(({ call }) => call === "sendmmsg")?.args[3]).toBe(MSG_NOSIGNAL);
    expect(messages.map(() => b.receive(0))).toEqual(messages);
    expect(count("recvmmsg")).toBe(4);
    expect(count("poll")).toBe(0);
    expect(b.receive(0)).toBeUndefined();
    a.send([]);
    expect(count("sendmmsg")).toBe(4);
    a.close();
    b.close();
  });

  test.prop([fc.array(fc.uint8Array({ minLength: 1, maxLength: 512 }), { maxLength: 80 })], { numRuns: 100 })(
    "arrive as they were sent",
    (messages) => {
      const [a, b] = pair();
      a.send(messages);
      expect(messages.map(() => b.receive(0))).toEqual(messages);
      expect(b.receive(0)).toBeUndefined();
      a.close();
      b.close();
    },
  );

  it("go on after a signal, and after a call that sent some", () => {
    const libc = loadLibc();
    const results = [-EINTR, 2, -EINTR, 1];
    const counts: number[] = [];
    const stuttering: Libc = {
      ...libc,
      sendmmsg(_fd, _vector, count) {
        counts.push(count);
        return results.shift()!;
      },
    };
    const [a] = pair(stuttering);
    a.send([message(1), message(2), message(3)]);
    expect([counts, results]).toEqual([[3, 3, 1, 1], []]);
  });
});

describe("receive", () => {
  it("waits as long as it is told, and no longer once a message is there", async () => {
    const [a, b] = pair();
    const before = performance.now();
    expect(b.receive(30)).toBeUndefined();
    expect(performance.now() - before).toBeGreaterThanOrEqual(30);
    a.send([message(1)]);
    expect(b.receive(60_000)).toEqual(message(1));
    expect(performance.now() - before).toBeLessThan(30_000);
    expect(b.receive(-1)).toBeUndefined();
    expect(() => b.receive(Number.NaN)).toThrow(RangeError);
    a.close();
    b.close();
  });

  it("gives copies, and keeps no bytes of them", () => {
    const libc = loadLibc();
    const rooms: Uint8Array[] = [];
    const watching: Libc = {
      ...libc,
      headerVector(size, nameSize) {
        const vector = libc.headerVector(size, nameSize);
        return {
          ...vector,
          point(index, bytes) {
            rooms.push(bytes);
            vector.point(index, bytes);
          },
        };
      },
    };
    const [a, b] = pair(watching);
    const sent = [message(7), message(8)];
    a.send(sent);
    const [first, second] = [b.receive(0)!, b.receive(0)!];
    expect([first, second]).toEqual([message(7), message(8)]);
    const wiped = rooms.filter((room) => !sent.some((each) => each === room));
    expect(wiped.length).toBe(rooms.length - sent.length);
    expect(wiped.every((room) => room.every((byte) => byte === 0))).toBe(true);
    first.fill(0);
    expect(second).toEqual(message(8));
    a.close();
    b.close();
  });

  it("says which message was too long, and gives those around it", () => {
    const [a, b] = pair();
    a.send([message(1), new Uint8Array(513), message(2)]);
    expect(b.receive(0)).toEqual(message(1));
    const error = thrownBy(() => b.receive(0));
    expect(error).toBeInstanceOf(TruncatedError);
    expect(error).toMatchObject({
      name: "TruncatedError",
      length: 513,
      message: "the test socket dropped a message of 513 bytes: the limit is 512",
    });
    expect(b.receive(0)).toEqual(message(2));
    a.close();
    b.close();
  });

  it.each([
    [
      -105,
      OverrunError,
      "the test socket lost messages: No buffer space available (ENOBUFS); dump again to know the state",
    ],
    [-104, PeerGoneError, "nobody writes to the test socket: Connection reset by peer (ECONNRESET)"],
    [-5, Error, "cannot receive from the test socket: Input/output error (EIO)"],
  ])("errno %d", (failure, type, message) => {
    const [a] = pair({ ...loadLibc(), recvmmsg: () => failure });
    const error = thrownBy(() => a.receive(0));
    expect(error).toBeInstanceOf(type);
    expect((error as Error).message).toBe(message);
  });
});

describe("a receive queue in the kernel that fills", () => {
  const messages = Array.from({ length: 200 }, (_, n) => message(n));
  const lost =
    "the test socket may have lost messages: No buffer space available (ENOBUFS); dump again to know the state";

  /** Sends all messages, receives the first and then the others: how many calls each took, and what came. */
  function run(used: number, more: Partial<DatagramOptions> = {}) {
    const { libc, count } = spyOn({ ...loadLibc(), receiveQueue: () => ({ used, limit: 1000_000 }) });
    const [a, b] = pair(libc, more);
    a.send(messages);
    const received: unknown[] = [b.receive(0)];
    const callsForFirst = count("recvmmsg");
    for (;;) {
      try {
        const next = b.receive(0);
        if (next === undefined) break;
        received.push(next);
      } catch (error) {
        expect(error).toBeInstanceOf(OverrunError);
        received.push((error as Error).message);
      }
    }
    a.close();
    b.close();
    return { received, callsForFirst };
  }

  it("is left as it is up to three quarters, so that a dump waits there", () => {
    expect(run(750_000)).toEqual({ received: messages, callsForFirst: 1 });
  });

  it("is emptied from there on, before the first message is given", () => {
    expect(run(750_001)).toEqual({ received: messages, callsForFirst: 7 });
  });

  it("is emptied so far as there is room", () => {
    expect(run(750_001, { maxQueuedBytes: 1000 })).toEqual({ received: messages, callsForFirst: 2 });
  });

  it("is full once: told behind the messages that were there", () => {
    const { received } = run(1000_000, { losesSilently: true });
    expect(received).toEqual([...messages.slice(0, 32), lost, ...messages.slice(32)]);
  });

  it("is full, and the kernel tells that itself", () => {
    expect(run(1000_000).received).toEqual(messages);
  });
});

describe("send", () => {
  it("says which message the kernel refused, and has sent those before it", () => {
    const [a, b] = pair();
    const tooLong = new Uint8Array(16 * 1024 * 1024);
    const error = thrownBy(() => a.send([message(1), message(2), tooLong, message(3)]));
    expect(error).toBeInstanceOf(SendError);
    expect(error).toMatchObject({
      name: "SendError",
      sent: 2,
      code: "EMSGSIZE",
      message: "the test socket does not take message 2: Message too long (EMSGSIZE)",
    });
    expect([b.receive(0), b.receive(0), b.receive(0)]).toEqual([message(1), message(2), undefined]);
    a.close();
    b.close();
  });

  it.each([
    [-22, "Invalid argument (EINVAL); -22 for 2 bytes"],
    [-90, "Message too long (EMSGSIZE); -90 for 2 bytes"],
    [-105, "No buffer space available (ENOBUFS)"],
  ])("adds what to do about a message, errno %d", (failure, text) => {
    const [fd, other] = socketPair(SOCK_SEQPACKET);
    const libc: Libc = { ...loadLibc(), sendmmsg: () => failure };
    const sendAdvice: DatagramOptions["sendAdvice"] = ({ length }, failure) =>
      failure === -105 ? undefined : `${failure} for ${length} bytes`;
    const socket = datagramSocket(libc, fd, { ...options, sendAdvice });
    expect((thrownBy(() => socket.send([message(1)])) as Error).message).toBe(
      `the test socket does not take message 0: ${text}`,
    );
    socket.close();
    libc.close(other);
  });

  it("survives a peer that is gone", () => {
    const [a, b] = pair();
    b.close();
    const error = thrownBy(() => a.send([message(1)]));
    expect(error).toBeInstanceOf(PeerGoneError);
    expect(error).toMatchObject({
      code: "EPIPE",
      message: "nobody reads from the test socket: Broken pipe (EPIPE)",
    });
    a.close();
  });
});

describe("close", () => {
  it("closes once, drops what was not received, and is told by its own error", () => {
    const before = openDescriptors();
    const [a, b] = pair();
    a.send([message(1), message(2)]);
    expect(b.receive(0)).toEqual(message(1));
    b.close();
    b.close();
    for (const use of [() => b.receive(0), () => b.send([message(1)]), () => b.send([])]) {
      const error = thrownBy(use);
      expect(error).toBeInstanceOf(ClosedError);
      expect((error as Error).message).toBe("the test socket is closed: open another");
    }
    a.close();
    expect(openDescriptors()).toBe(before);
  });
});
