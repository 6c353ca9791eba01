/**
 * Keys in the database are the engine's own, and are overwritten when their SA goes.
 */
import { encode, type KeySocket, linux, type OutgoingMessage, request } from "@keysock/wire";
import { describe, expect, it, vi } from "vitest";
import { createEndpoint } from "../endpoint.ts";
import { openSocket } from "../key-socket.ts";
import { heard, waiting } from "../testing/exchange.ts";
import { handClock } from "../testing/hand-clock.ts";
import { about, ends, getspi, key, limits, sa } from "../testing/requests.ts";
import { createKernel } from "./linux.ts";

const keyed = (type: "add" | "update", spi = 1): OutgoingMessage =>
  request(type, "esp", [
    sa(spi, { encryption: 12, authentication: 2 }),
    ...ends(),
    key("keyEncryption", 16),
    key("keyAuthentication", 16),
    limits("lifetimeHard", { add: 5 }),
    limits("lifetimeSoft"),
  ]);

describe("the keys of an SA", () => {
  it.each([
    ["deleted", about("delete", 1), 0],
    ["flushed", request("flush", "unspec"), 0],
    ["at its hard limit", request("dump", "unspec"), 5000],
  ] as const)("that is %s are zero", (_, message, later) => {
    const clock = handClock();
    const kernel = createKernel({ personality: "linux", clock });
    const socket = openSocket(kernel, createEndpoint(100_000));
    socket.send([encode(keyed("add"), linux)]);
    const held = kernel.sadb.walk()()!;
    const keys = [held.authenticationKey, held.encryptionKey].map((one) => one!.bytes);
    expect(keys).toEqual([1, 2].map(() => new Uint8Array(16).fill(0x5a)));
    clock.turn(later);
    socket.send([encode(message, linux)]);
    expect(keys).toEqual([1, 2].map(() => new Uint8Array(16)));
  });

  it("are still in the answer to a DELETE, and those of an UPDATE in its answer", () => {
    const kernel = createKernel({ personality: "linux", clock: handClock() });
    const socket = openSocket(kernel, createEndpoint(100_000));
    for (const message of [keyed("add"), keyed("update"), about("delete", 1)]) {
      socket.send([encode(message, linux)]);
      const [reply] = heard(socket);
      const keys = reply!.extensions
        .filter((extension) => "key" in extension)
        .map((extension) => extension.key);
      expect(keys).toEqual([1, 2].map(() => new Uint8Array(16).fill(0x5a)));
    }
  });

  it("in messages that nobody read are zero once the socket is closed", () => {
    const kernel = createKernel({ personality: "linux", clock: handClock() });
    const endpoint = createEndpoint(100_000);
    const socket = openSocket(kernel, endpoint);
    const queued: Uint8Array[] = [];
    const enqueue = endpoint.enqueue;
    endpoint.enqueue = (message) => {
      queued.push(message);
      enqueue(message);
    };
    socket.send([encode(keyed("add"), linux)]);
    expect(queued[0]?.includes(0x5a)).toBe(true);
    socket.close();
    expect(queued).toEqual([new Uint8Array(queued[0]!.length)]);
    expect(kernel.endpoints.size).toBe(0);
  });

  it.each([
    ["goes on", (socket: KeySocket) => waiting(socket)],
    ["is broken off", (socket: KeySocket) => socket.close()],
  ])("in what a dump holds back are zero once it %s", (_, end) => {
    const kernel = createKernel({ personality: "linux", clock: handClock() });
    const other = openSocket(kernel, createEndpoint(0));
    for (const spi of [1, 2, 3]) other.send([encode(keyed("add", spi), linux)]);
    const endpoint = createEndpoint(100);
    const socket = openSocket(kernel, endpoint);
    socket.send([encode(request("dump", "unspec"), linux)]);
    const held = endpoint.dump!.held!;
    expect(held.includes(0x5a)).toBe(true);
    end(socket);
    expect(held.includes(0x5a)).toBe(false);
    expect(endpoint.dump).toBeUndefined();
  });

  it("in a message that was dropped are zero, too", () => {
    const endpoint = createEndpoint(0);
    const [first, second] = [Uint8Array.of(1), Uint8Array.of(2)];
    endpoint.enqueue(first);
    endpoint.enqueue(second);
    expect([first, second]).toEqual([Uint8Array.of(1), Uint8Array.of(0)]);
    const socket = openSocket(createKernel({ personality: "linux", clock: handClock() }), endpoint);
    expect(waiting(socket)).toEqual([first]);
  });

  // biome-ignore format: one row a line
  it.each([
    ["an ADD and a DELETE",              [keyed("add"), about("delete", 1)]],
    ["an ADD, an UPDATE and a flush",    [keyed("add"), keyed("update"), request("flush", "unspec")]],
    ["an UPDATE of a larval SA",         [getspi(1, 1), keyed("update"), about("delete", 1)]],
    ["an ADD of what is there",          [getspi(1, 1), keyed("add")]],
    ["an UPDATE of what is not there",   [keyed("update")]],
    ["an ADD with a key too long",       [request("add", "esp", [sa(1, { encryption: 12 }), ...ends(), key("keyEncryption", 17)])]],
    ["an ADD of no algorithm here",      [request("add", "esp", [sa(1, { encryption: 20 }), ...ends(), key("keyEncryption", 20)])]],
    ["an ADD with something else wrong", [request("add", "esp", [sa(1), key("keyEncryption", 17)])]],
    ["a dump that is broken off",        [keyed("add"), request("dump", "unspec"), about("delete", 1)]],
  ])("leave no copy behind after %s", (_, messages) => {
    const copies: Uint8Array[] = [];
    const { slice } = Uint8Array.prototype;
    const spy = vi.spyOn(Uint8Array.prototype, "slice").mockImplementation(function (this: Uint8Array, ...range) {
      const copy = slice.apply(this, range);
      copies.push(copy);
      return copy;
    });
    const socket = openSocket(createKernel({ personality: "linux", clock: handClock() }), createEndpoint(600));
    for (const message of messages) socket.send([encode(message, linux)]);
    socket.close();
    spy.mockRestore();
    expect(copies.filter((copy) => copy.includes(0x5a))).toEqual([]);
    expect(copies.length).toBeGreaterThan(0);
  });
});
