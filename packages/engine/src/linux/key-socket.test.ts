import { encode, linux, request } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { createEngine, EngineSocketClosedError, SendRefusedError } from "../index.ts";
import { ask, askOne, heard, inShort } from "../testing/exchange.ts";
import { startOfTime } from "../testing/hand-clock.ts";
import { about, addEsp, ends, key, limits, sa } from "../testing/requests.ts";
import { bench, registered } from "../testing/sockets.ts";

const flush = encode(request("flush", "unspec"), linux);

function refusalOf(bytes: Uint8Array): SendRefusedError {
  const { socket } = bench();
  try {
    socket.send([bytes]);
  } catch (error) {
    expect(heard(socket)).toEqual([]);
    if (error instanceof SendRefusedError) return error;
  }
  throw new Error("send did not refuse it");
}

const changed = (at: number, value: number): Uint8Array => {
  const bytes = flush.slice();
  bytes[at] = value;
  return bytes;
};
const padded = (length: number): Uint8Array => {
  const bytes = new Uint8Array(length);
  bytes.set(flush.subarray(0, length));
  new DataView(bytes.buffer).setUint16(4, length / 8, linux.byteOrder === "little");
  return bytes;
};

describe("send", () => {
  // biome-ignore format: one row a line
  it.each([
    ["no byte",            new Uint8Array(),      "EMSGSIZE", 90, '"0 bytes": a message has at least 16 (EMSGSIZE)'],
    ["15 bytes",           flush.slice(0, 15),    "EMSGSIZE", 90, '"15 bytes": a message has at least 16 (EMSGSIZE)'],
    ["too many bytes",     padded(212_968),       "EMSGSIZE", 90, '"212968 bytes": a message has at most 212960 (EMSGSIZE)'],
    ["version 1",          changed(0, 1),         "EINVAL",   22, '"version 1": expected 2 (EINVAL)'],
    ["type 0",             changed(1, 0),         "EINVAL",   22, '"type 0": expected 1 to 24 (EINVAL)'],
    ["type 25",            changed(1, 25),        "EINVAL",   22, '"type 25": expected 1 to 24 (EINVAL)'],
    ["reserved",           changed(6, 1),         "EINVAL",   22, undefined],
    ["length",             changed(4, 3),         "EMSGSIZE", 90, undefined],
  ] as const)("refuses %s", (_, bytes, code, errno, message) => {
    const error = refusalOf(bytes);
    expect(error).toMatchObject({ name: "SendRefusedError", code, errno });
    if (message !== undefined) expect(error.message).toBe(message);
  });

  it("takes the longest message, and leaves stray bytes to the extensions", () => {
    for (const [bytes, errno] of [
      [padded(212_960), 22],
      [new Uint8Array([...flush, 0]), 22],
    ] as const) {
      const { socket } = bench();
      socket.send([bytes]);
      expect(heard(socket)).toMatchObject([{ type: "flush", errno }]);
    }
  });

  it.each([0, 1, 3])("says that it took %i messages before the one that it refuses", (sent) => {
    const { socket } = bench();
    const messages = [...Array.from({ length: sent }, () => flush), changed(0, 1), flush];
    let refused: unknown;
    try {
      socket.send(messages);
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(SendRefusedError);
    expect(refused).toMatchObject({ sent, code: "EINVAL", errno: 22 });
    expect(heard(socket)).toHaveLength(sent);
  });

  it("does what comes before a message that it refuses", () => {
    const { socket } = bench();
    expect(() => socket.send([flush, changed(0, 1), flush])).toThrow(SendRefusedError);
    expect(heard(socket)).toHaveLength(1);
  });

  it("leaves the sender's bytes alone, in a Buffer too, and keeps none of them", () => {
    const { socket } = bench();
    const bytes = Buffer.from(encode(addEsp(1), linux));
    const before = bytes.toString("hex");
    socket.send([bytes, bytes]);
    expect(bytes.toString("hex")).toBe(before);
    bytes.fill(0xff);
    expect(heard(socket).map(inShort)).toEqual(["add", "add 17"]);
  });

  it.each(["expire", "pchange", "spdacquire", "spdexpire", "nat-t-new-mapping"] as const)(
    "%s is not for users",
    (type) => {
      expect(askOne(bench().socket, request(type, "esp"))).toMatchObject({ type, errno: 95, extensions: [] });
    },
  );

  it("migrate: without what moves and whereto", () => {
    expect(askOne(bench().socket, request("migrate", "unspec")).errno).toBe(22);
  });
});

describe("receive", () => {
  it("sleeps to its deadline by the engine's clock", () => {
    const { clock, socket } = bench();
    expect(socket.receive(2500)).toBeUndefined();
    expect(clock.now()).toBe(startOfTime + 2500);
    expect(socket.receive(0)).toBeUndefined();
    expect(clock.now()).toBe(startOfTime + 2500);
  });

  it("wakes for what falls due meanwhile", () => {
    const { clock, engine, socket } = bench();
    const listener = registered(engine);
    ask(socket, addEsp(1, [limits("lifetimeHard", { add: 9 }), limits("lifetimeSoft", { add: 4 })]));
    heard(listener);
    expect(listener.receive(60_000)).toBeDefined();
    expect(clock.now()).toBe(startOfTime + 4000);
    expect(socket.receive(6000)).toBeUndefined();
    expect(clock.now()).toBe(startOfTime + 10_000);
    expect(heard(listener).map(inShort)).toEqual(["expire hard"]);
  });

  it("comes back though the clock stands still", () => {
    const sleeps: number[] = [];
    const clock = { now: () => startOfTime, sleep: (ms: number) => void sleeps.push(ms) };
    const socket = createEngine({ personality: "linux", clock }).connect();
    ask(socket, addEsp(1, [limits("lifetimeHard", { add: 3 }), limits("lifetimeSoft")]));
    expect(socket.receive(7000)).toBeUndefined();
    expect(sleeps).toEqual([3000, 3000, 1000]);
  });
});

it("a time between two milliseconds is slept to in whole ones", () => {
  let now = startOfTime;
  const sleeps: number[] = [];
  const clock = { now: () => now, sleep: (ms: number) => void sleeps.push(ms) };
  const socket = createEngine({ personality: "linux", clock }).connect();
  ask(socket, addEsp(1, [limits("lifetimeHard", { add: 3 }), limits("lifetimeSoft")]));
  now += 2999.75;
  expect(socket.receive(3)).toBeUndefined();
  expect(sleeps).toEqual([1, 1, 1]);
});

describe("close", () => {
  it("ends the socket, its registration and its dump, but no SA", () => {
    const { engine, socket } = bench({ receiveBuffer: 2000 });
    const other = registered(engine);
    for (const spi of [1, 2, 3, 4]) ask(socket, addEsp(spi));
    other.send([encode(request("dump", "unspec"), linux)]);
    other.close();
    other.close();
    expect(() => other.receive(0)).toThrow(new EngineSocketClosedError("receive"));
    expect(() => other.send([flush])).toThrow('"send": the key socket is closed');
    ask(socket, request("register", "esp"));
    expect(ask(socket, request("dump", "unspec"))).toHaveLength(4);
  });

  it("engines know nothing of each other", () => {
    const [one, two] = [bench().socket, bench().socket];
    ask(one, addEsp(1));
    expect(askOne(two, about("get", 1)).errno).toBe(3);
    expect(two.receive(0)).toBeUndefined();
  });
});

describe("REGISTER", () => {
  it("once for each type on each socket", () => {
    const { engine, socket } = bench();
    const errnos = (of: typeof socket) =>
      (["esp", "esp", "ah", 1, 10, "unspec", "unspec"] as const).map(
        (type) => askOne(of, request("register", type)).errno,
      );
    expect(errnos(socket)).toEqual([0, 17, 0, 0, 22, 0, 0]);
    const other = engine.connect();
    expect(errnos(other)).toEqual([0, 17, 0, 0, 22, 0, 0]);
  });
});

describe("PROMISC", () => {
  it("with something behind the header goes to everybody as it is", () => {
    const { engine, socket } = bench();
    const other = engine.connect();
    const message = { ...request("promisc", "esp", ends()), sequence: 7 };
    const [mine] = ask(socket, message);
    expect(mine).toMatchObject({
      ...message,
      extensions: [{ kind: "addressSource" }, { kind: "addressDestination" }],
    });
    expect(heard(other)).toEqual([mine]);
  });

  it("with a message behind the header is refused: that is no extension", () => {
    const { socket } = bench();
    const bytes = new Uint8Array([...encode(request("promisc", "unspec"), linux), ...flush]);
    new DataView(bytes.buffer).setUint16(4, 4, linux.byteOrder === "little");
    socket.send([bytes]);
    expect(heard(socket)).toMatchObject([{ errno: 22 }]);
  });

  it("switches with 0 and 1 only, and forgets an errno", () => {
    const { socket } = bench();
    expect(askOne(socket, request("promisc", 2)).errno).toBe(22);
    expect(ask(socket, { ...request("promisc", 1), errno: 5 })).toMatchObject([{ errno: 0 }, { errno: 0 }]);
    expect(ask(socket, request("promisc", "unspec"))).toHaveLength(2);
    expect(ask(socket, request("flush", "esp"))).toHaveLength(1);
  });
});

describe("keys", () => {
  it("are shown to whoever asks while the SA lives, as their own copies", () => {
    const { socket } = bench();
    const add = request("add", "esp", [sa(1, { encryption: 12 }), ...ends(), key("keyEncryption", 16)]);
    ask(socket, add);
    for (let count = 0; count < 2; count++) {
      const reply = askOne(socket, about("get", 1)).extensions.find(({ kind }) => kind === "keyEncryption");
      expect(reply).toMatchObject({ key: new Uint8Array(16).fill(0x5a) });
      if (reply?.kind === "keyEncryption") reply.key.fill(0);
    }
  });

  it("are in no error", () => {
    const bytes = encode(request("add", "esp", [sa(1), ...ends(), key("keyEncryption", 16)]), linux);
    bytes[0] = 1;
    const { message, stack } = refusalOf(bytes);
    expect(`${message}${stack}`).not.toMatch(/5a5a|5A5A|90,90|ZZ/);
  });
});
