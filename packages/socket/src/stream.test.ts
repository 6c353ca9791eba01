import { describe, expect, it } from "vitest";
import { ClosedError } from "./closed-error.ts";
import { FrameError } from "./frames.ts";
import { type Libc, loadLibc } from "./libc.ts";
import { EINTR, MSG_NOSIGNAL, SOCK_NONBLOCK, SOCK_STREAM } from "./linux.ts";
import { PeerGoneError } from "./peer-gone-error.ts";
import { SendError } from "./send-error.ts";
import { PeerStalledError, streamSocket } from "./stream.ts";
import { frame } from "./testing/frame.ts";
import { openDescriptors, thrownBy } from "./testing/process.ts";
import { socketPair } from "./testing/socket-pair.ts";
import { spyOn } from "./testing/spy.ts";

const byteOrder = "little";
const message = (n: number) => frame(2 + (n % 30), byteOrder, n);
const messages = (count: number) => Array.from({ length: count }, (_, n) => message(n));

/** A stream socket and the bare descriptor at its other end. */
function open(libc: Libc = loadLibc(), stallMs = 50) {
  const [fd, peer] = socketPair(SOCK_STREAM | SOCK_NONBLOCK);
  return { socket: streamSocket(libc, fd, { what: "the test socket", byteOrder, stallMs }), peer, libc };
}

describe("messages", () => {
  it("go in one system call and arrive in order and whole", () => {
    const { libc, calls, count } = spyOn(loadLibc());
    const [a, b] = socketPair(SOCK_STREAM | SOCK_NONBLOCK);
    const [left, right] = [a, b].map((fd) => streamSocket(libc, fd, { what: "the test socket", byteOrder }));
    left!.send(messages(100));
    expect(count("send")).toBe(1);
    expect(calls.find(({ call }) => call === "send")?.args[2]).toBe(MSG_NOSIGNAL);
    expect(messages(100).map(() => right!.receive(0))).toEqual(messages(100));
    expect(count("recv")).toBe(1);
    expect(right!.receive(0)).toBeUndefined();
    left!.send([]);
    expect(count("send")).toBe(1);
    left!.close();
    right!.close();
  });

  it("are put together from parts, and wait for theirs no longer than told", () => {
    const { socket, peer, libc } = open();
    const whole = message(5);
    libc.send(peer, whole.subarray(0, 20), 0);
    const before = performance.now();
    expect(socket.receive(30)).toBeUndefined();
    expect(performance.now() - before).toBeGreaterThanOrEqual(30);
    libc.send(peer, whole.subarray(20), 0);
    expect(socket.receive(0)).toEqual(whole);
    expect(() => socket.receive(Number.NaN)).toThrow(RangeError);
    socket.close();
    libc.close(peer);
  });

  it("leave no bytes behind in the socket's own buffers", () => {
    const { libc, calls } = spyOn(loadLibc());
    const [a, b] = socketPair(SOCK_STREAM | SOCK_NONBLOCK);
    const [left, right] = [a, b].map((fd) => streamSocket(libc, fd, { what: "the test socket", byteOrder }));
    const sent = message(7);
    left!.send([sent]);
    expect(right!.receive(0)).toEqual(sent);
    const buffers = calls.filter(({ call }) => call === "send" || call === "recv").map(({ args }) => args[1]);
    expect(buffers.length).toBe(2);
    expect(buffers.every((each) => (each as Uint8Array).every((byte) => byte === 0))).toBe(true);
    expect(sent).toEqual(message(7));
    left!.close();
    right!.close();
  });

  it("go on after a signal and after a part", () => {
    const real = loadLibc();
    const parts = [-EINTR, 5];
    const stuttering: Libc = {
      ...real,
      send(fd, bytes, flags) {
        const part = parts.shift() ?? bytes.length;
        return part < 0 ? part : real.send(fd, bytes.subarray(0, part), flags);
      },
    };
    const { socket, peer } = open(stuttering);
    const other = streamSocket(real, peer, { what: "the other socket", byteOrder });
    socket.send([message(1), message(2)]);
    expect([other.receive(0), other.receive(0), parts]).toEqual([message(1), message(2), []]);
    socket.close();
    other.close();
  });
});

describe("a message that is no frame", () => {
  it.each([
    ["too short", new Uint8Array(8), "it has 8 bytes and states no base header"],
    [
      "of another length",
      frame(3, byteOrder, 0).subarray(0, 16),
      "it has 16 bytes and states a length of 24",
    ],
  ])("%s is refused, and those before it are sent", (_, bad, advice) => {
    const { socket, peer, libc } = open();
    const other = streamSocket(libc, peer, { what: "the other socket", byteOrder });
    const error = thrownBy(() => socket.send([message(1), message(2), bad, message(3)]));
    expect(error).toBeInstanceOf(SendError);
    expect(error).toMatchObject({
      sent: 2,
      code: "EMSGSIZE",
      message: `the test socket does not take message 2: Message too long (EMSGSIZE); ${advice}`,
    });
    expect([other.receive(0), other.receive(0), other.receive(0)]).toEqual([
      message(1),
      message(2),
      undefined,
    ]);
    socket.send([message(4)]);
    expect(other.receive(0)).toEqual(message(4));
    socket.close();
    other.close();
  });

  it("ends the connection when it comes, after the messages before it", () => {
    const before = openDescriptors();
    const { socket, peer, libc } = open();
    libc.send(peer, Buffer.concat([message(1), message(2), Uint8Array.of(2, 9, 0, 3, 1, 0, 0, 0)]), 0);
    expect([socket.receive(0), socket.receive(0)]).toEqual([message(1), message(2)]);
    const error = thrownBy(() => socket.receive(0));
    expect(error).toBeInstanceOf(FrameError);
    expect(thrownBy(() => socket.receive(0))).toBe(error);
    expect(thrownBy(() => socket.send([message(1)]))).toBe(error);
    expect(openDescriptors()).toBe(before + 1);
    socket.close();
    expect(thrownBy(() => socket.receive(0))).toBeInstanceOf(ClosedError);
    libc.close(peer);
    expect(openDescriptors()).toBe(before);
  });
});

describe("a peer that is gone", () => {
  it.each([
    ["between messages", 0, "the peer of the test socket is gone: Broken pipe (EPIPE); connect again"],
    [
      "inside a message",
      9,
      "the peer of the test socket is gone, 9 bytes into a message: Broken pipe (EPIPE); connect again",
    ],
  ])("%s is told once what it sent before is received", (_, part, text) => {
    const { socket, peer, libc } = open();
    libc.send(peer, Buffer.concat([message(1), message(2).subarray(0, part)]), 0);
    libc.close(peer);
    expect(socket.receive(1000)).toEqual(message(1));
    const error = thrownBy(() => socket.receive(1000));
    expect(error).toBeInstanceOf(PeerGoneError);
    expect(error).toMatchObject({ code: "EPIPE", message: text });
    expect(thrownBy(() => socket.receive(0))).toBe(error);
    socket.close();
  });

  it("is told to who sends, and what it sent before can still be received", () => {
    const { socket, peer, libc } = open();
    libc.send(peer, message(1), 0);
    libc.close(peer);
    const error = thrownBy(() => socket.send([message(2)]));
    expect(error).toBeInstanceOf(PeerGoneError);
    expect((error as Error).message).toBe(
      "the peer of the test socket is gone: Broken pipe (EPIPE); connect again",
    );
    expect(socket.receive(0)).toEqual(message(1));
    expect(thrownBy(() => socket.receive(0))).toBeInstanceOf(PeerGoneError);
    socket.close();
  });

  it("has reset the connection if it leaves messages unread", () => {
    const { socket, peer, libc } = open();
    socket.send([message(1)]);
    libc.close(peer);
    expect(thrownBy(() => socket.receive(1000))).toMatchObject({ name: "PeerGoneError", code: "ECONNRESET" });
    socket.close();
  });
});

describe("a peer that reads nothing", () => {
  it("ends the connection, for what it would read next is half a message", () => {
    const before = openDescriptors();
    const { socket, peer, libc } = open();
    libc.send(peer, message(1), 0);
    const error = thrownBy(() => socket.send(messages(50_000)));
    expect(error).toBeInstanceOf(PeerStalledError);
    expect(error).toMatchObject({
      code: "ETIMEDOUT",
      message: "the peer of the test socket reads nothing: Connection timed out (ETIMEDOUT); connect again",
    });
    expect(thrownBy(() => socket.send([message(1)]))).toBe(error);
    expect(socket.receive(0)).toEqual(message(1));
    expect(thrownBy(() => socket.receive(0))).toBe(error);
    socket.close();
    libc.close(peer);
    expect(openDescriptors()).toBe(before);
  });
});

describe("other failures", () => {
  it.each([
    ["send", "cannot send to the test socket: Input/output error (EIO)"],
    ["recv", "cannot receive from the test socket: Input/output error (EIO)"],
  ] as const)("%s", (call, text) => {
    const { socket, peer, libc } = open({ ...loadLibc(), [call]: () => -5 });
    expect(() => (call === "send" ? socket.send([message(1)]) : socket.receive(0))).toThrow(text);
    socket.close();
    libc.close(peer);
  });
});

describe("close", () => {
  it("closes once, drops what was not received, and is told by its own error", () => {
    const before = openDescriptors();
    const { socket, peer, libc } = open();
    libc.send(peer, Buffer.concat(messages(3)), 0);
    expect(socket.receive(0)).toEqual(message(0));
    socket.close();
    socket.close();
    for (const use of [() => socket.receive(0), () => socket.send([message(1)]), () => socket.send([])]) {
      const error = thrownBy(use);
      expect(error).toBeInstanceOf(ClosedError);
      expect((error as Error).message).toBe("the test socket is closed: open another");
    }
    libc.close(peer);
    expect(openDescriptors()).toBe(before);
  });
});
