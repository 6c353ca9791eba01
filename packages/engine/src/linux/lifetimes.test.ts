import { type OutgoingExtension, type OutgoingMessage, request } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { countersExtension } from "../lifetime.ts";
import { ask, askOne, heard, inShort } from "../testing/exchange.ts";
import { startOfTime } from "../testing/hand-clock.ts";
import { about, addEsp, bytesOf, ends, getspi, limits, policy, spd } from "../testing/requests.ts";
import { bench, registered } from "../testing/sockets.ts";

const name = { saType: "esp", spi: 0x1001, destination: bytesOf("192.0.2.2") } as const;
const both = (
  hard: Parameters<typeof limits>[1],
  soft: Parameters<typeof limits>[1],
): OutgoingExtension[] => [limits("lifetimeHard", hard), limits("lifetimeSoft", soft)];

/** What happens, and then what is heard at which second. A packet has 100 bytes. */
type Step = { at: number; packet?: "passes" | "dropped"; update?: OutgoingExtension[] };

// biome-ignore format: one row a line
const rows: readonly { what: string; limits: OutgoingExtension[]; steps?: Step[]; heard: Record<number, string> }[] = [
  { what: "soft, then hard, since it was made",     limits: both({ add: 5 }, { add: 2 }),         heard: { 2: "expire soft", 5: "expire hard" } },
  { what: "hard wins where both fall together",     limits: both({ add: 3 }, { add: 3 }),         heard: { 3: "expire hard" } },
  { what: "soft after hard never comes",            limits: both({ add: 2 }, { add: 4 }),         heard: { 2: "expire hard" } },
  { what: "no limits",                              limits: both({}, {}),                         heard: {} },
  { what: "use counts from the first use",          limits: both({ use: 4 }, { use: 2 }),         steps: [{ at: 3, packet: "passes" }, { at: 4, packet: "passes" }], heard: { 5: "expire soft", 7: "expire hard" } },
  { what: "use never counts while unused",          limits: both({ use: 4 }, { use: 2 }),         heard: {} },
  { what: "the first limit reached counts",         limits: both({ add: 9, use: 1 }, {}),         steps: [{ at: 3, packet: "passes" }], heard: { 4: "expire hard" } },
  { what: "bytes: soft once, hard at the packet after the one that fills it", limits: both({ bytes: 300 }, { bytes: 100 }), steps: [{ at: 1, packet: "passes" }, { at: 2, packet: "passes" }, { at: 3, packet: "passes" }, { at: 4, packet: "dropped" }, { at: 5, packet: "dropped" }], heard: { 2: "expire soft", 4: "expire hard" } },
  { what: "soft by bytes before soft by time: once", limits: both({ add: 6 }, { add: 4, bytes: 100 }),  steps: [{ at: 1, packet: "passes" }, { at: 2, packet: "passes" }], heard: { 2: "expire soft", 6: "expire hard" } },
  { what: "packets",                                limits: both({ packets: 2 }, { packets: 1 }), steps: [{ at: 1, packet: "passes" }, { at: 2, packet: "passes" }, { at: 3, packet: "dropped" }], heard: { 2: "expire soft", 3: "expire hard" } },
  { what: "an UPDATE sets limits anew, dying or not", limits: both({ add: 5 }, { add: 2 }),       steps: [{ at: 3, update: both({ add: 8 }, { add: 6 }) }], heard: { 2: "expire soft", 6: "expire soft", 8: "expire hard" } },
  { what: "an UPDATE to limits long past: a second later", limits: both({}, {}),                  steps: [{ at: 6, update: both({ add: 3 }, { add: 2 }) }], heard: { 7: "expire hard" } },
  { what: "an UPDATE to a soft limit long past: a second later", limits: both({}, {}),            steps: [{ at: 6, update: both({ add: 9 }, { add: 2 }) }], heard: { 7: "expire soft", 9: "expire hard" } },
  { what: "an UPDATE without limits ends them",     limits: both({ add: 5 }, { add: 3 }),         steps: [{ at: 1, update: [] }], heard: {} },
  { what: "an UPDATE to bytes long gone: at once",  limits: both({}, {}),                         steps: [{ at: 1, packet: "passes" }, { at: 3, update: both({ bytes: 100 }, { bytes: 50 }) }], heard: { 3: "expire hard" } },
];

describe("lifetimes of an SA", () => {
  it.each(rows)("$what", ({ limits: given, steps = [], heard: expected }) => {
    const { clock, engine, socket } = bench();
    const listener = registered(engine);
    ask(socket, addEsp(name.spi, given));
    heard(listener);
    const actual: Record<number, string> = {};
    for (let second = 1; second <= 12; second++) {
      clock.turn(1000);
      for (const step of steps.filter(({ at }) => at === second)) {
        if (step.packet !== undefined) expect(engine.account(name, 100)).toBe(step.packet === "passes");
        if (step.update !== undefined) ask(socket, { ...addEsp(name.spi, step.update), type: "update" });
      }
      const messages = heard(listener).filter(({ type }) => type === "expire");
      if (messages.length > 0) actual[second] = messages.map(inShort).join(", ");
    }
    expect(actual).toEqual(expected);
    const gone = Object.values(expected).includes("expire hard");
    expect(askOne(socket, about("get", name.spi)).errno).toBe(gone ? 3 : 0);
  });

  it("what a jump of the clock passes over happens in its order", () => {
    const { clock, engine, socket } = bench();
    const listener = registered(engine);
    for (const [spi, hard] of [
      [1, 9],
      [2, 4],
      [3, 9],
    ] as const) {
      ask(socket, addEsp(spi, both({ add: hard }, { add: 3 })));
    }
    heard(listener);
    clock.turn(3_600_000);
    const spis = heard(listener).map((message) => [
      inShort(message),
      message.extensions.find((extension) => extension.kind === "sa")?.spi,
    ]);
    expect(spis).toEqual([
      ["expire soft", 1],
      ["expire soft", 2],
      ["expire soft", 3],
      ["expire hard", 2],
      ["expire hard", 1],
      ["expire hard", 3],
    ]);
  });

  it("a dying SA says so, and its EXPIRE and CURRENT tell what it was used for", () => {
    const { clock, engine, socket } = bench();
    const listener = registered(engine);
    ask(socket, addEsp(name.spi, both({ bytes: 1000 }, { bytes: 250 })));
    heard(listener);
    clock.turn(7000);
    for (let count = 0; count < 4; count++) engine.account(name, 100);
    const current = {
      kind: "lifetimeCurrent",
      type: 2,
      length: 4,
      allocations: 3,
      bytes: 300n,
      addTime: BigInt(startOfTime / 1000),
      useTime: BigInt(startOfTime / 1000 + 7),
    };
    const [expire] = heard(listener);
    expect(expire?.extensions.map(({ type }) => type)).toEqual([1, 4, 2, 5, 6, 7, 19]);
    expect(expire?.extensions[0]).toMatchObject({ spi: name.spi, state: 2 });
    expect(expire?.extensions[2]).toEqual(current);
    const { extensions } = askOne(socket, about("get", name.spi));
    expect(extensions[0]).toMatchObject({ state: 2 });
    expect(extensions[3]).toEqual({ ...current, allocations: 4, bytes: 400n });
  });

  it.each([
    ["a larval SA", getspi(name.spi, name.spi)],
    ["an SA that is not there", request("flush", "esp")],
  ])("%s carries no packet", (_, message) => {
    const { engine, socket } = bench();
    ask(socket, message);
    expect(engine.account(name, 100)).toBe(false);
  });
});

it("states packets in 32 bits", () => {
  const counters = { allocations: 2 ** 32 + 5, bytes: 2n ** 40n, addTime: 7, useTime: 8 };
  expect(countersExtension(counters)).toEqual({
    kind: "lifetimeCurrent",
    allocations: 5,
    bytes: 2n ** 40n,
    addTime: 7n,
    useTime: 8n,
  });
});

describe("lifetimes of a policy", () => {
  const withLimits = (hard: Parameters<typeof limits>[1]): OutgoingMessage =>
    request("spdadd", "unspec", [...ends(), policy(), limits("lifetimeHard", hard)]);

  // biome-ignore format: one row a line
  it.each([
    ["since it was made",                        withLimits({ add: 5 }),                     [],  5],
    ["use, while unused since it was made",      withLimits({ use: 3 }),                     [],  3],
    ["use, since it was used last",              withLimits({ use: 3 }),                     [2], 5],
    ["a soft one alone does nothing",            request("spdadd", "unspec", [...ends(), policy(), limits("lifetimeSoft", { add: 2 })]), [], undefined],
    ["none",                                     spd("spdadd"),                              [],  undefined],
  ] as const)("%s", (_, message, uses, end) => {
    const { clock, engine, socket } = bench();
    const listener = registered(engine);
    ask(socket, message);
    heard(listener);
    let gone: number | undefined;
    for (let second = 1; second <= 8 && gone === undefined; second++) {
      clock.turn(1000);
      if ((uses as readonly number[]).includes(second)) {
        engine.acquire({ policy: 1, source: bytesOf("192.0.2.1"), destination: bytesOf("192.0.2.2") });
        heard(listener);
      }
      if (askOne(socket, spd("spdget", { id: 1 })).errno === 2) gone = second;
    }
    expect(gone).toBe(end);
    expect(heard(listener)).toEqual([]);
  });
});
