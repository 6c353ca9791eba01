import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { OverrunError } from "./datagram.ts";
import { loadLibc } from "./libc.ts";
import { AF_NETLINK, SOCK_RAW } from "./linux.ts";
import { openNetlinkSocket } from "./netlink.ts";
import { PrivilegeError, UnsupportedError } from "./open.ts";
import { openDescriptors, thrownBy, unprivileged } from "./testing/process.ts";

/** `<linux/netlink.h>`, `<linux/rtnetlink.h>` and `<linux/xfrm.h>`. */
const NETLINK_ROUTE = 0;
const NETLINK_USERSOCK = 2;
const NETLINK_XFRM = 6;
const NLM_F_REQUEST = 0x1;
const NLM_F_ACK = 0x4;
const NLM_F_DUMP = 0x300;
const NLMSG_ERROR = 2;
const NLMSG_DONE = 3;
const RTM_NEWLINK = 16;
const RTM_GETLINK = 18;
const XFRM_MSG_GETSADINFO = 0x23;
const XFRM_MSG_NEWSADINFO = 0x22;
const XFRMNLGRP_ACQUIRE = 1;

function request(type: number, flags: number, sequence: number, body = new Uint8Array(4)): Uint8Array {
  const bytes = new Uint8Array(16 + body.length);
  new Uint32Array(bytes.buffer, 0, 1)[0] = bytes.length;
  new Uint16Array(bytes.buffer, 4, 2).set([type, flags | NLM_F_REQUEST]);
  new Uint32Array(bytes.buffer, 8, 1)[0] = sequence;
  bytes.set(body, 16);
  return bytes;
}

/** Whether this process has CAP_NET_ADMIN (12). */
function privileged(): boolean {
  const effective = /^CapEff:\s*(\S+)/m.exec(readFileSync("/proc/self/status", "utf8"))![1];
  return ((BigInt(`0x${effective}`) >> 12n) & 1n) === 1n;
}

/** The messages of a datagram. */
function* messages(datagram: Uint8Array) {
  const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.length);
  for (let at = 0; at < datagram.length; ) {
    const length = view.getUint32(at, true);
    const body = datagram.subarray(at + 16, at + length);
    yield {
      length,
      type: view.getUint16(at + 4, true),
      flags: view.getUint16(at + 6, true),
      sequence: view.getUint32(at + 8, true),
      pid: view.getUint32(at + 12, true),
      body,
    };
    at += (length + 3) & ~3;
  }
}

describe("a netlink socket", () => {
  it("carries a dump", () => {
    const socket = openNetlinkSocket({ protocol: NETLINK_ROUTE });
    socket.send([request(RTM_GETLINK, NLM_F_DUMP, 77)]);
    const received = [];
    do {
      const datagram = socket.receive(5000);
      expect(datagram).toBeDefined();
      received.push(...messages(datagram!));
    } while (received.at(-1)!.type !== NLMSG_DONE);
    expect(new Set(received.map(({ type }) => type))).toEqual(new Set([RTM_NEWLINK, NLMSG_DONE]));
    expect(received.every(({ sequence, pid }) => sequence === 77 && pid === socket.portId)).toBe(true);
    expect(received.some(({ body }) => Buffer.from(body).includes("lo\0"))).toBe(true);
    expect(socket.receive(0)).toBeUndefined();
    socket.close();
  });

  it("carries many requests at once, and what is answered", () => {
    const socket = openNetlinkSocket({ protocol: NETLINK_ROUTE });
    const requests = Array.from({ length: 40 }, (_, n) => request(0x7f00, NLM_F_ACK, n + 1));
    socket.send(requests);
    const answers = requests.flatMap(() => [...messages(socket.receive(5000)!)]);
    expect(answers.map(({ type, sequence }) => [type, sequence])).toEqual(
      requests.map((_, n) => [NLMSG_ERROR, n + 1]),
    );
    socket.close();
  });

  it("speaks XFRM where the kernel and the user's privilege have it", () => {
    let socket: ReturnType<typeof openNetlinkSocket>;
    try {
      socket = openNetlinkSocket({ protocol: NETLINK_XFRM, extendedAck: true });
    } catch (error) {
      console.warn("this kernel has no NETLINK_XFRM: expecting the error that says so");
      expect(error).toBeInstanceOf(UnsupportedError);
      return;
    }
    socket.send([request(XFRM_MSG_GETSADINFO, 0, 5)]);
    const [answer] = messages(socket.receive(5000)!);
    if (answer!.type === NLMSG_ERROR) {
      console.warn("no CAP_NET_ADMIN: expecting EPERM from NETLINK_XFRM");
      expect(new DataView(answer!.body.buffer, answer!.body.byteOffset).getInt32(0, true)).toBe(-1);
    } else expect(answer).toMatchObject({ type: XFRM_MSG_NEWSADINFO, sequence: 5, pid: socket.portId });
    socket.close();
  });

  it.each([
    ["repeats the request in an error", {}, 36 + 20],
    ["does not, if it is asked not to", { capAck: true }, 36],
  ])("%s", (_, options, length) => {
    const socket = openNetlinkSocket({ protocol: NETLINK_ROUTE, ...options });
    // An unknown family of requests: an error whose copy of the request is left out only when capped.
    socket.send([request(0x7f00, NLM_F_ACK, 1, new Uint8Array(20))]);
    const [answer] = messages(socket.receive(5000)!);
    expect([answer!.type, answer!.length]).toEqual([NLMSG_ERROR, length]);
    socket.close();
  });

  it("adds the kernel's words to an error, if it is asked for them", () => {
    const errorLength = (extendedAck: boolean) => {
      const socket = openNetlinkSocket({ protocol: NETLINK_ROUTE, capAck: true, extendedAck });
      // struct ifinfomsg, then IFLA_MTU (4) with one byte where it has four.
      const body = new Uint8Array(16 + 8);
      new Uint16Array(body.buffer, 16, 2).set([5, 4]);
      socket.send([request(RTM_GETLINK, NLM_F_ACK, 1, body)]);
      const [answer] = messages(socket.receive(5000)!);
      socket.close();
      expect(answer!.type).toBe(NLMSG_ERROR);
      return answer!.length;
    };
    expect(errorLength(false)).toBe(36);
    expect(errorLength(true)).toBeGreaterThan(36);
  });

  it("drops what another process sends", () => {
    const libc = loadLibc();
    const socket = openNetlinkSocket({ protocol: NETLINK_USERSOCK });
    const fd = libc.socket(AF_NETLINK, SOCK_RAW, NETLINK_USERSOCK);
    expect(libc.connect(fd, netlinkAddress(socket.portId, 0))).toBe(0);
    expect(libc.send(fd, request(1, 0, 1), 0)).toBe(20);
    expect(socket.receive(50)).toBeUndefined();
    libc.close(fd);
    socket.close();
  });

  it("says that it lost messages when its queue was full, and can be used on", () => {
    const open = () => openNetlinkSocket({ protocol: NETLINK_USERSOCK, groups: [1] });
    if (!privileged()) {
      console.warn("no CAP_NET_ADMIN to join a group with: expecting the error that says so");
      expect(thrownBy(open)).toBeInstanceOf(PrivilegeError);
      return;
    }
    const libc = loadLibc();
    const socket = open();
    const fd = libc.socket(AF_NETLINK, SOCK_RAW, NETLINK_USERSOCK);
    expect(libc.connect(fd, netlinkAddress(0, 1))).toBe(0);
    const datagram = request(1, 0, 1, new Uint8Array(32_000));
    // The group has it by then: what is refused is the copy for a kernel's socket, which this protocol has not.
    const ECONNREFUSED = 111;
    for (let sent = 0; sent < 1000; sent++) expect(libc.send(fd, datagram, 0)).toBe(-ECONNREFUSED);
    const error = thrownBy(() => socket.receive(1000));
    expect(error).toBeInstanceOf(OverrunError);
    expect(error).toMatchObject({
      code: "ENOBUFS",
      message:
        "the netlink (protocol 2) socket lost messages: No buffer space available (ENOBUFS); dump again to know the state",
    });
    expect(socket.receive(0)).toBeUndefined();
    libc.close(fd);
    socket.close();
  });
});

/** `struct sockaddr_nl`. */
function netlinkAddress(pid: number, groups: number): Uint8Array {
  const address = new Uint32Array([0, pid, groups]);
  new Uint16Array(address.buffer)[0] = AF_NETLINK;
  return new Uint8Array(address.buffer);
}

describe("a group", () => {
  it("is heard from when it is joined until it is left", () => {
    const socket = openNetlinkSocket({ protocol: NETLINK_USERSOCK });
    if (!privileged()) {
      console.warn("no CAP_NET_ADMIN to join a group with: expecting the error that says so");
      expect(thrownBy(() => socket.join(1))).toBeInstanceOf(PrivilegeError);
      socket.close();
      return;
    }
    const libc = loadLibc();
    const fd = libc.socket(AF_NETLINK, SOCK_RAW, NETLINK_USERSOCK);
    expect(libc.connect(fd, netlinkAddress(0, 1))).toBe(0);
    // The message's sender is a process, so that nobody hears it; but what a group has no room for is told.
    const datagram = request(1, 0, 1, new Uint8Array(32_000));
    const overrun = () => {
      for (let sent = 0; sent < 1000; sent++) libc.send(fd, datagram, 0);
      try {
        return socket.receive(0);
      } catch (error) {
        return error;
      }
    };
    expect(overrun()).toBeUndefined();
    socket.join(1);
    expect(overrun()).toBeInstanceOf(OverrunError);
    expect(socket.receive(0)).toBeUndefined();
    socket.leave(1);
    expect(overrun()).toBeUndefined();
    libc.close(fd);
    socket.close();
  });

  it("cannot be joined without privilege, or with a closed socket", () => {
    const socket = openNetlinkSocket({ protocol: NETLINK_USERSOCK });
    expect(thrownBy(() => unprivileged(() => socket.join(1)))).toMatchObject({
      name: "PrivilegeError",
      message:
        "cannot join group 1 with the netlink (protocol 2) socket: Operation not permitted (EPERM); run as root or with CAP_NET_ADMIN",
    });
    const unknown = thrownBy(() => socket.join(99));
    if (privileged()) expect(unknown).toMatchObject({ name: "SocketError", code: "EINVAL" });
    else {
      console.warn("no CAP_NET_ADMIN: expecting the error that says so before the one about the group");
      expect(unknown).toMatchObject({ name: "PrivilegeError", code: "EPERM" });
    }
    socket.close();
    expect(thrownBy(() => socket.join(1))).toMatchObject({ name: "ClosedError" });
    expect(thrownBy(() => socket.leave(1))).toMatchObject({ name: "ClosedError" });
  });
});

describe("a protocol that the kernel does not speak itself", () => {
  it("has nobody to read what is sent", () => {
    const socket = openNetlinkSocket({ protocol: NETLINK_USERSOCK });
    expect(thrownBy(() => socket.send([request(1, 0, 1)]))).toMatchObject({
      name: "PeerGoneError",
      code: "ECONNREFUSED",
    });
    socket.close();
  });
});

describe("a netlink socket that cannot be had", () => {
  it("says that the kernel has none", () => {
    const before = openDescriptors();
    const error = thrownBy(() => openNetlinkSocket({ protocol: 31 }));
    expect(error).toBeInstanceOf(UnsupportedError);
    expect(error).toMatchObject({
      code: "EPROTONOSUPPORT",
      message:
        "this kernel has no netlink (protocol 31) sockets: Protocol not supported (EPROTONOSUPPORT); load the module that speaks it (xfrm_user for 6)",
    });
    expect(openDescriptors()).toBe(before);
  });

  it("says that a group needs privilege", () => {
    const before = openDescriptors();
    const error = thrownBy(() =>
      unprivileged(() => openNetlinkSocket({ protocol: NETLINK_XFRM, groups: [XFRMNLGRP_ACQUIRE] })),
    );
    if (error instanceof UnsupportedError)
      console.warn("this kernel has no NETLINK_XFRM: no group to be refused");
    else {
      expect(error).toBeInstanceOf(PrivilegeError);
      expect(error).toMatchObject({
        code: "EPERM",
        message:
          "cannot open a netlink (protocol 6) socket: Operation not permitted (EPERM); run as root or with CAP_NET_ADMIN",
      });
    }
    expect(openDescriptors()).toBe(before);
  });
});
