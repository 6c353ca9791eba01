import { describe, expect, it } from "vitest";
import { raiseBuffers, receiveBufferBytes, sendBufferBytes } from "./buffer-size.ts";
import { type Libc, loadLibc } from "./libc.ts";
import { SO_RCVBUF, SO_RCVBUFFORCE, SO_SNDBUF, SO_SNDBUFFORCE, SOL_SOCKET } from "./linux.ts";
import { socketPair } from "./testing/socket-pair.ts";

const EPERM = -1;
const ENOBUFS = -105;
const MiB = 1024 * 1024;

/** A kernel that refuses more than `cap` bytes, as the BSDs do, and that may let nobody force it. */
function kernel(current: number, cap: number, force: boolean) {
  const set: [option: number, bytes: number, result: number][] = [];
  const libc = {
    getsockopt: () => current,
    setsockopt(_fd: number, _level: number, option: number, value: number) {
      const forced = option === SO_RCVBUFFORCE || option === SO_SNDBUFFORCE;
      const result = forced ? (force ? 0 : EPERM) : value > cap ? ENOBUFS : 0;
      set.push([option, value, result]);
      return result;
    },
  } as unknown as Libc;
  raiseBuffers(libc, 0);
  return set;
}

describe("raiseBuffers", () => {
  it.each([
    [
      "forces what it may",
      kernel(64 * 1024, 0, true),
      [
        [SO_SNDBUFFORCE, sendBufferBytes, 0],
        [SO_RCVBUFFORCE, receiveBufferBytes, 0],
      ],
    ],
    [
      "asks where it may not force",
      kernel(64 * 1024, 4 * MiB, false),
      [
        [SO_SNDBUFFORCE, sendBufferBytes, EPERM],
        [SO_SNDBUF, sendBufferBytes, 0],
        [SO_RCVBUFFORCE, receiveBufferBytes, EPERM],
        [SO_RCVBUF, receiveBufferBytes, 0],
      ],
    ],
    [
      "halves on failure",
      kernel(128 * 1024, MiB / 2, false),
      [
        [SO_RCVBUFFORCE, 2 * MiB, EPERM],
        [SO_RCVBUF, 2 * MiB, ENOBUFS],
        [SO_RCVBUFFORCE, MiB, EPERM],
        [SO_RCVBUF, MiB, ENOBUFS],
        [SO_RCVBUFFORCE, MiB / 2, EPERM],
        [SO_RCVBUF, MiB / 2, 0],
      ],
    ],
    [
      "stops before it would lower",
      kernel(MiB, MiB / 2, false),
      [
        [SO_RCVBUFFORCE, 2 * MiB, EPERM],
        [SO_RCVBUF, 2 * MiB, ENOBUFS],
      ],
    ],
    ["leaves larger ones", kernel(4 * MiB, 0, true), []],
  ])("%s", (_, set, expected) => {
    expect(set).toEqual(expected);
  });

  it("leaves no buffer of a real socket smaller", () => {
    const libc = loadLibc();
    const [fd, other] = socketPair(1);
    const sizes = () => [SO_SNDBUF, SO_RCVBUF].map((option) => libc.getsockopt(fd, SOL_SOCKET, option));
    const before = sizes();
    raiseBuffers(libc, fd);
    const after = sizes();
    expect(after[0]).toBeGreaterThanOrEqual(Math.max(sendBufferBytes, before[0]!));
    expect(after[1]).toBeGreaterThan(before[1]!);
    raiseBuffers(libc, fd);
    expect(sizes()).toEqual(after);
    libc.close(fd);
    libc.close(other);
  });
});
