import { describe, expect, it } from "vitest";
import { loadLibc } from "./libc.ts";
import { AF_NETLINK, SO_RCVBUF, SOCK_RAW, SOL_SOCKET } from "./linux.ts";

const libc = loadLibc();

describe("describe", () => {
  it.each([
    [-1, { errno: 1, code: "EPERM", text: "Operation not permitted" }],
    [-11, { errno: 11, code: "EAGAIN", text: "Resource temporarily unavailable" }],
    [-95, { errno: 95, code: "EOPNOTSUPP", text: "Operation not supported" }],
    [-97, { errno: 97, code: "EAFNOSUPPORT", text: "Address family not supported by protocol" }],
    [-105, { errno: 105, code: "ENOBUFS", text: "No buffer space available" }],
  ])("%d", (failure, errno) => {
    expect(libc.describe(failure)).toEqual(errno);
  });

  it("has a number where it knows no name", () => {
    expect(libc.describe(-4000)).toMatchObject({ errno: 4000, code: "errno 4000" });
  });
});

describe("each call on a descriptor that is none", () => {
  const bytes = new Uint8Array(16);
  const vector = libc.headerVector(1, 0);
  vector.point(0, bytes);
  it.each([
    ["close", () => libc.close(-1)],
    ["bind", () => libc.bind(-1, bytes)],
    ["connect", () => libc.connect(-1, bytes)],
    ["getsockname", () => libc.getsockname(-1, bytes)],
    ["setsockopt", () => libc.setsockopt(-1, 1, 7, 0)],
    ["getsockopt", () => libc.getsockopt(-1, 1, 7)],
    ["send", () => libc.send(-1, bytes, 0)],
    ["recv", () => libc.recv(-1, bytes, 0)],
    ["sendmmsg", () => libc.sendmmsg(-1, vector, 1, 0)],
    ["recvmmsg", () => libc.recvmmsg(-1, vector, 0)],
  ])("%s gives -EBADF", (_, call) => {
    expect(call()).toBe(-9);
  });
});

describe("receiveQueue", () => {
  it("gives the use and the limit of a socket's queue", () => {
    const fd = libc.socket(AF_NETLINK, SOCK_RAW, 0);
    expect(libc.receiveQueue(fd)).toEqual({ used: 0, limit: libc.getsockopt(fd, SOL_SOCKET, SO_RCVBUF) });
    // A request for what there is not (netlink(7)): its error is the first message of the queue.
    const request = new Uint8Array(16);
    new Uint32Array(request.buffer)[0] = request.length;
    request.set([0x00, 0x7f, 0x05], 4);
    expect(libc.send(fd, request, 0)).toBe(16);
    expect(libc.receiveQueue(fd)?.used).toBeGreaterThan(0);
    libc.close(fd);
  });

  it("is undefined of a descriptor that is none", () => {
    expect(libc.receiveQueue(-1)).toBeUndefined();
  });
});

describe("a header vector", () => {
  it("has no entry past its size", () => {
    const vector = libc.headerVector(2, 0);
    vector.point(1, new Uint8Array(1));
    expect(() => vector.point(2, new Uint8Array(1))).toThrow(RangeError);
  });

  it("is not read past its size", () => {
    const vector = libc.headerVector(1, 0);
    vector.point(0, new Uint8Array(1));
    // Of 1000 messages the call is told of one. EBADF says that it got that far.
    expect(libc.sendmmsg(-1, vector, 1000, 0)).toBe(-9);
  });
});
