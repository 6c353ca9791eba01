import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, test } from "node:test";
import { crowdSpis, ip, ipCrowd, NetworkNamespace, removeModule } from "@keysock/kernel-lab";
import { decode, encode, find, type KeySocket, linux, request } from "@keysock/wire";
import { OverrunError } from "./datagram.ts";
import { openNetlinkSocket } from "./netlink.ts";
import { PrivilegeError, UnsupportedError } from "./open.ts";
import { openPfKeySocket } from "./pfkey.ts";
import { SendError } from "./send-error.ts";
import { SocketError } from "./socket-error.ts";
import { frame } from "./testing/frame.ts";
import { openDescriptors, thrownBy, unprivileged } from "./testing/process.ts";

const SADB_REGISTER = 7;
const SADB_SATYPE_ESP = 3;
const NETLINK_XFRM = 6;
const XFRMNLGRP_SA = 3;

const register = (): Uint8Array => {
  const bytes = frame(2, linux.byteOrder, 0);
  bytes.set([2, SADB_REGISTER, 0, SADB_SATYPE_ESP]);
  return bytes;
};

/** The rows of the kernel's own list of PF_KEY sockets. */
const pfKeySockets = (): number => readFileSync("/proc/net/pfkey", "latin1").trim().split("\n").length - 1;

/** All that waits: the SPI of each message, and each error. */
function receiveAll(
  receive: (timeoutMs: number) => Uint8Array | undefined,
  spi: (bytes: Uint8Array) => number,
) {
  const received: number[] = [];
  const errors: Error[] = [];
  for (;;) {
    try {
      const bytes = receive(0);
      if (bytes === undefined) return { received, errors };
      received.push(spi(bytes));
    } catch (error) {
      errors.push(error as Error);
    }
  }
}

const spiOfMessage = (bytes: Uint8Array): number => find(decode(bytes, linux).message, "sa")!.spi;

/** `struct nlmsghdr` 16, then `struct xfrm_usersa_info`: selector 56, daddr 16, spi. */
const spiOfNetlink = (bytes: Uint8Array): number =>
  new DataView(bytes.buffer, bytes.byteOffset).getUint32(88);

describe("openPfKeySocket with a kernel that has PF_KEY", () => {
  let network: NetworkNamespace;
  beforeEach(() => {
    network = new NetworkNamespace();
  });
  afterEach(() => network.close());

  function withSocket(use: (socket: KeySocket) => void): void {
    const socket = openPfKeySocket();
    try {
      use(socket);
    } finally {
      socket.close();
    }
  }

  test("carries a request and its reply", () => {
    withSocket((socket) => {
      assert.equal(socket.dialect, linux);
      socket.send([register()]);
      assert.deepEqual([...socket.receive(5000)!.subarray(0, 4)], [2, SADB_REGISTER, 0, SADB_SATYPE_ESP]);
      assert.equal(socket.receive(0), undefined);
    });
  });

  test("leaves no descriptor and no socket behind, also when messages wait", () => {
    const before = [openDescriptors(), pfKeySockets()];
    const socket = openPfKeySocket();
    ipCrowd("add", crowdSpis(0x1000, 100));
    assert.equal(spiOfMessage(socket.receive(0)!), 0x1000);
    assert.deepEqual([openDescriptors(), pfKeySockets()], [before[0]! + 1, before[1]! + 1]);
    socket.close();
    assert.deepEqual([openDescriptors(), pfKeySockets()], before);
    withSocket((next) => assert.equal(next.receive(0), undefined));
  });

  test("says which message the kernel does not take: those before it were sent", () => {
    const cases = [
      { name: "version", bytes: register().with(0, 3), code: "EINVAL" },
      { name: "type", bytes: register().with(1, 99), code: "EINVAL" },
      { name: "length", bytes: register().with(4, 9), code: "EMSGSIZE" },
    ];
    for (const { name, bytes, code } of cases) {
      withSocket((socket) => {
        const error = thrownBy(() => socket.send([register(), bytes, register()]));
        assert.ok(error instanceof SendError, name);
        assert.equal(error.sent, 1);
        assert.equal(
          error.message,
          `the PF_KEY socket does not take message 1: ${error.text} (${code}); look at the base header's version, type, length and reserved fields`,
        );
        assert.equal(socket.receive(0)?.[1], SADB_REGISTER);
        assert.equal(socket.receive(0), undefined);
      });
    }
  });

  test("sends what fits into the send buffer, and says how much that is", () => {
    withSocket((socket) => {
      const words = 212_960 / 8;
      const longest = frame(words, linux.byteOrder, 0);
      longest.set([2, SADB_REGISTER, 0, SADB_SATYPE_ESP]);
      socket.send([longest]);
      const SADB_EINVAL = 22;
      assert.equal(socket.receive(0)?.[2], SADB_EINVAL);
      const tooLong = frame(words + 1, linux.byteOrder, 0);
      assert.equal(
        (thrownBy(() => socket.send([tooLong])) as Error).message,
        "the PF_KEY socket does not take message 0: Message too long (EMSGSIZE); it has 212968 bytes, and the longest has 212960",
      );
    });
  });

  test("is told when the receive queue may have overflowed; what came is whole and in order", () => {
    withSocket((socket) => {
      const added = crowdSpis(0x1000, 4000);
      ipCrowd("add", added);
      const { received, errors } = receiveAll(socket.receive, spiOfMessage);
      assert.deepEqual(received, added.slice(0, received.length));
      assert.ok(received.length > 3000 && received.length < added.length, `${received.length}`);
      assert.deepEqual(
        errors.map((error) => [error instanceof OverrunError, error.message]),
        [
          [
            true,
            "the PF_KEY socket may have lost messages: No buffer space available (ENOBUFS); dump again to know the state",
          ],
        ],
      );
      ip("xfrm", "state", "flush");
      assert.equal(decode(socket.receive(0)!, linux).message.type, "flush");
    });
  });

  test("raises no false alarm: a queue that is nearly full loses nothing", () => {
    withSocket((socket) => {
      const added = crowdSpis(0x1000, 3200);
      ipCrowd("add", added);
      assert.deepEqual(receiveAll(socket.receive, spiOfMessage), { received: added, errors: [] });
    });
  });

  test("leaves a dump where it is until it is read", () => {
    const added = crowdSpis(0x1000, 6000);
    ipCrowd("add", added);
    withSocket((socket) => {
      socket.send([encode(request("dump", "unspec"), linux)]);
      const queued = () =>
        Number(/^\S+ +\d+ +(\d+)/m.exec(readFileSync("/proc/net/pfkey", "latin1").split("\n")[1]!)![1]);
      const limit = 4 * 1024 * 1024;
      assert.ok(queued() <= (limit * 2) / 3 + 4096, `${queued()}`);
      const first = spiOfMessage(socket.receive(0)!);
      // One batch was taken, and the dump does not go on before the queue is down to a third.
      assert.ok(queued() > limit / 2, `${queued()}`);
      const { received, errors } = receiveAll(socket.receive, spiOfMessage);
      assert.deepEqual([first, ...received], added.toReversed());
      assert.deepEqual(errors, []);
    });
  });

  test("needs privilege", () => {
    const error = thrownBy(() => unprivileged(openPfKeySocket));
    assert.ok(error instanceof PrivilegeError);
    assert.equal(
      error.message,
      "cannot open a PF_KEY socket: Operation not permitted (EPERM); run as root or with CAP_NET_ADMIN",
    );
  });

  test("says that there are too many open files", () => {
    const limit = (soft: string) =>
      assert.equal(spawnSync("prlimit", ["--pid", `${process.pid}`, `--nofile=${soft}:`]).status, 0);
    const [, before] = /^Max open files +(\d+)/m.exec(readFileSync("/proc/self/limits", "latin1"))!;
    limit(`${openDescriptors() + 24}`);
    const sockets: KeySocket[] = [];
    try {
      const error = thrownBy(() => {
        while (sockets.length < 100) sockets.push(openPfKeySocket());
      });
      assert.ok(error instanceof SocketError);
      assert.equal(error.message, "cannot open a PF_KEY socket: Too many open files (EMFILE)");
    } finally {
      for (const socket of sockets) socket.close();
    }
    limit(before!);
    withSocket((socket) => assert.equal(socket.receive(0), undefined));
  });

  test("netlink tells of messages that its queue had no room for, once; what came is whole and in order", () => {
    const socket = openNetlinkSocket({ protocol: NETLINK_XFRM, groups: [XFRMNLGRP_SA] });
    const added = crowdSpis(0x1000, 5000);
    ipCrowd("add", added);
    const { received, errors } = receiveAll(socket.receive, spiOfNetlink);
    assert.deepEqual(received, added.slice(0, received.length));
    assert.ok(received.length > 1000 && received.length < added.length, `${received.length}`);
    assert.deepEqual(
      errors.map(({ message }) => message),
      [
        "the netlink (protocol 6) socket lost messages: No buffer space available (ENOBUFS); dump again to know the state",
      ],
    );
    socket.close();
  });

  test("says what to do where the module is gone", () => {
    removeModule("af_key");
    const before = openDescriptors();
    const error = thrownBy(openPfKeySocket);
    assert.ok(error instanceof UnsupportedError);
    assert.equal(
      error.message,
      "this kernel has no PF_KEY sockets: Address family not supported by protocol (EAFNOSUPPORT); load the module af_key, or go by XFRM (--via=xfrm)",
    );
    assert.ok(thrownBy(() => unprivileged(openPfKeySocket)) instanceof UnsupportedError);
    assert.equal(openDescriptors(), before);
  });
});
