/**
 * Keys in the database are the engine's own, are told in GET and DUMP alone, and are overwritten when their SA goes.
 */
import { encode, illumos, type OutgoingMessage, request } from "@keysock/wire";
import { describe, expect, it, vi } from "vitest";
import { createEndpoint } from "../endpoint.ts";
import { openSocket } from "../key-socket.ts";
import { waiting } from "../testing/exchange.ts";
import { handClock } from "../testing/hand-clock.ts";
import { about, addEsp, ends, key, limits, md5Key, pair, sa } from "../testing/illumos-requests.ts";
import { createKernel } from "./illumos.ts";

const secret = 0x5a;
const shows = (bytes: Uint8Array) => bytes.includes(secret);
const keyed = (spi = 1): OutgoingMessage =>
  addEsp(spi, [md5Key, limits("lifetimeHard", { add: 5 })], { authentication: 2 });
const gcm = request("add", "esp", [
  sa(1, { encryption: 20 }),
  key("keyEncryption", 20, { reserved: 32 }),
  ...ends(),
]);
const getspi = request("getspi", "esp", [...ends(), { kind: "spiRange", min: 1, max: 1, reserved: 0 }]);
const update = { ...keyed(), type: "update" } as const;

function open() {
  const clock = handClock();
  const kernel = createKernel({ personality: "illumos", clock });
  const socket = openSocket(kernel, createEndpoint(100_000));
  const send = (message: OutgoingMessage) => {
    socket.send([encode(message, illumos)]);
    return waiting(socket);
  };
  return { clock, kernel, socket, send };
}

describe("the keys of an SA", () => {
  // biome-ignore format: one row a line
  it.each([
    ["deleted",            about("delete", 1),                    0],
    ["deleted by address", request("delete", "esp", ends()),      0],
    ["deleted as a pair",  about("delpair", 1),                   0],
    ["flushed",            request("flush", "unspec"),            0],
    ["at its hard limit",  request("dump", "unspec"),             5000],
  ] as const)("that is %s are zero", (_, message, later) => {
    const { clock, kernel, send } = open();
    send(keyed());
    send(request("add", "esp", [sa(2), key("keyEncryption", 16), ...ends("192.0.2.2", "192.0.2.1"), pair(1)]));
    const held = kernel.sadb.find(Uint8Array.of(192, 0, 2, 2), 1, "esp")!;
    const keys = [held.authenticationKey!.bytes, held.encryptionKey!.bytes];
    expect(keys).toEqual([1, 2].map(() => new Uint8Array(16).fill(secret)));
    clock.turn(later);
    send(message);
    expect(keys).toEqual([1, 2].map(() => new Uint8Array(16)));
  });

  it("are in what GET and DUMP say, and in nothing else", () => {
    const { clock, send, socket } = open();
    const told = [
      keyed(),
      about("get", 1),
      request("dump", "esp"),
      about("update", 1),
      about("delete", 1),
      getspi,
      update,
    ].map((message) => [message.type, send(message).some(shows)]);
    expect(told).toEqual([
      ["add", false],
      ["get", true],
      ["dump", true],
      ["update", false],
      ["delete", false],
      ["getspi", false],
      ["update", false],
    ]);
    clock.turn(5000);
    expect(waiting(socket).map(shows)).toEqual([false]);
  });

  // biome-ignore format: one row a line
  it.each([
    ["an ADD and a DELETE",              [keyed(), about("delete", 1)]],
    ["an ADD, a GET and a flush",        [keyed(), about("get", 1), request("flush", "unspec")]],
    ["a key with a salt",                [gcm, about("get", 1), request("dump", "esp"), about("delete", 1)]],
    ["an UPDATE of a larval SA",         [getspi, update, about("delete", 1)]],
    ["an UPDATE that has no right to it", [keyed(), update, about("delete", 1)]],
    ["an ADD of what is there",          [getspi, keyed()]],
    ["an ADD of a pair that cannot be",  [addEsp(1, [pair(9)])]],
    ["an ADD with a key too long",       [request("add", "esp", [sa(1), key("keyEncryption", 17), ...ends()])]],
    ["an ADD with something else wrong", [request("add", "esp", [sa(1), key("keyEncryption", 16)])]],
    ["a dump that is broken off",        [keyed(), request("dump", "unspec"), about("delete", 1)]],
  ])("leave no copy behind after %s", (_, messages) => {
    const copies: Uint8Array[] = [];
    const { slice } = Uint8Array.prototype;
    const spy = vi.spyOn(Uint8Array.prototype, "slice").mockImplementation(function (this: Uint8Array, ...range) {
      const copy = slice.apply(this, range);
      copies.push(copy);
      return copy;
    });
    const kernel = createKernel({ personality: "illumos", clock: handClock() });
    const socket = openSocket(kernel, createEndpoint(600));
    for (const message of messages) socket.send([encode(message, illumos)]);
    socket.close();
    spy.mockRestore();
    expect(copies.filter(shows)).toEqual([]);
    expect(copies.length).toBeGreaterThan(0);
  });
});
