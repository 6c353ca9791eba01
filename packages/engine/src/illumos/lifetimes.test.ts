import { decodeStrict, encode, illumos, type OutgoingExtension, request } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { ask, askOne, heard, inShort, waiting } from "../testing/exchange.ts";
import { startOfTime } from "../testing/hand-clock.ts";
import { about, addAh, addEsp, ends, illumosBench, limits, sa, shown } from "../testing/illumos-requests.ts";
import { bytesOf } from "../testing/requests.ts";

const name = { saType: "esp", spi: 1, destination: bytesOf("192.0.2.2") } as const;
type Given = Parameters<typeof limits>[1];
const some = (hard: Given, soft: Given = {}, idle: Given = {}): OutgoingExtension[] => [
  limits("lifetimeHard", hard),
  limits("lifetimeSoft", soft),
  limits("lifetimeIdle", idle),
];

/** What happens at which second. A packet has 100 bytes. */
type Step = { at: number; packet?: "passes" | "dropped"; update?: OutgoingExtension[] };

// biome-ignore format: one row a line
const rows: readonly { what: string; limits: OutgoingExtension[]; steps?: Step[]; heard: Record<number, string> }[] = [
  { what: "soft, then hard, since it was made",            limits: some({ add: 5 }, { add: 2 }),             heard: { 2: "expire soft", 5: "expire hard" } },
  { what: "hard wins where both fall together",            limits: some({ add: 3 }, { add: 3 }),             heard: { 3: "expire hard" } },
  { what: "no limits",                                     limits: some({}),                                 heard: {} },
  { what: "use counts from the first use",                 limits: some({ use: 4 }, { use: 2 }),             steps: [{ at: 3, packet: "passes" }, { at: 4, packet: "passes" }], heard: { 5: "expire soft", 7: "expire hard" } },
  { what: "use never counts while unused",                 limits: some({ use: 4 }, { use: 2 }),             heard: {} },
  { what: "the first limit reached counts",                limits: some({ add: 9, use: 1 }),                 steps: [{ at: 3, packet: "passes" }], heard: { 4: "expire hard" } },
  { what: "bytes: the packet that fills soft passes, the one that would fill hard does not", limits: some({ bytes: 300 }, { bytes: 100 }), steps: [{ at: 1, packet: "passes" }, { at: 2, packet: "passes" }, { at: 3, packet: "dropped" }, { at: 4, packet: "dropped" }], heard: { 1: "expire soft", 3: "expire hard" } },
  { what: "soft by bytes before soft by time: once",       limits: some({ add: 6 }, { add: 4, bytes: 100 }), steps: [{ at: 1, packet: "passes" }, { at: 2, packet: "passes" }], heard: { 1: "expire soft", 6: "expire hard" } },
  { what: "a dying SA carries on",                         limits: some({ add: 9 }, { add: 2 }),             steps: [{ at: 5, packet: "passes" }], heard: { 2: "expire soft", 9: "expire hard" } },
  { what: "allocations are never reached",                 limits: some({ allocations: 1 }, { allocations: 1 }), steps: [{ at: 1, packet: "passes" }, { at: 2, packet: "passes" }], heard: {} },
  { what: "idle while unused: once, and it stays",         limits: some({}, {}, { add: 3, use: 1 }),         heard: { 3: "expire idle" } },
  { what: "idle since its last use: once after each",      limits: some({}, {}, { use: 3 }),                 steps: [{ at: 1, packet: "passes" }, { at: 2, packet: "passes" }, { at: 8, packet: "passes" }], heard: { 5: "expire idle", 11: "expire idle" } },
  { what: "idle since it was made ends with its first use", limits: some({}, {}, { add: 3 }),                steps: [{ at: 2, packet: "passes" }], heard: {} },
  { what: "an UPDATE ends idleness, too",                  limits: some({}, {}, { add: 3 }),                 steps: [{ at: 2, update: [] }, { at: 7, update: [] }], heard: { 5: "expire idle", 10: "expire idle" } },
  { what: "idle, soft and hard",                           limits: some({ add: 6 }, { add: 4 }, { add: 2 }), heard: { 2: "expire idle", 4: "expire soft", 6: "expire hard" } },
  { what: "soft before idle where both fall together",     limits: some({}, { add: 2 }, { add: 2 }),         heard: { 2: "expire soft, expire idle" } },
  { what: "an UPDATE moves limits, counted from when it was made", limits: some({ add: 5 }, { add: 2 }),     steps: [{ at: 3, update: some({ add: 8 }, { add: 6 }) }], heard: { 2: "expire soft", 6: "expire soft", 8: "expire hard" } },
  { what: "an UPDATE to limits long past: at once",        limits: some({}),                                 steps: [{ at: 6, update: some({ add: 3 }, { add: 2 }) }], heard: { 6: "expire hard" } },
  { what: "an UPDATE to a soft limit long past: at once",  limits: some({}),                                 steps: [{ at: 6, update: some({ add: 9 }, { add: 2 }) }], heard: { 6: "expire soft", 9: "expire hard" } },
  { what: "an UPDATE without limits leaves them",          limits: some({ add: 5 }, { add: 3 }),             steps: [{ at: 1, update: [] }], heard: { 3: "expire soft", 5: "expire hard" } },
];

describe("lifetimes of an SA", () => {
  it.each(rows)("$what", ({ limits: given, steps = [], heard: expected }) => {
    const { clock, engine, socket } = illumosBench();
    const listener = engine.connect();
    ask(socket, addEsp(1, given));
    heard(listener);
    const all: Record<number, string> = {};
    for (let second = 1; second <= 14; second++) {
      clock.set(startOfTime + second * 1000);
      const expired = heard(listener);
      for (const step of steps.filter(({ at }) => at === second)) {
        if (step.packet) expect(engine.account(name, 100) ? "passes" : "dropped").toBe(step.packet);
        if (step.update) ask(socket, about("update", 1, step.update));
      }
      const words = [...expired, ...heard(listener)].map(inShort).filter((word) => word !== "update");
      if (words.length > 0) all[second] = words.join(", ");
    }
    expect(all).toEqual(expected);
    heard(socket);
    const gone = Object.values(expected).some((word) => word.includes("hard"));
    expect(askOne(socket, about("get", 1)).errno).toBe(gone ? 3 : 0);
  });

  const data = new Uint8Array(8).fill(0x61, 0, 7);
  const identity = { kind: "identitySource", identityType: 2, reserved: 0, id: 0n, data } as const;
  const made = {
    kind: "lifetimeCurrent",
    allocations: 0,
    bytes: 0n,
    addTime: BigInt(startOfTime / 1000),
    useTime: 0n,
  } as const;
  // biome-ignore format: one row a line
  it.each([
    ["hard", some({ add: 2, bytes: 9 }, { add: 0 }), limits("lifetimeHard", { add: 2, bytes: 9 }), 3],
    ["soft", some({ add: 9 }, { add: 2 }),           limits("lifetimeSoft", { add: 2 }),           2],
    ["idle", some({ add: 9 }, {}, { add: 2 }),       limits("lifetimeIdle", { add: 2 }),           1],
  ] as const)("EXPIRE %s shows counters, that limit, addresses and identities, and no key", (_, given, limit, state) => {
    const { clock, socket } = illumosBench();
    ask(socket, addEsp(1, [...given, identity]));
    clock.turn(2000);
    const ends = [shown("addressSource", "192.0.2.1"), shown("addressDestination", "192.0.2.2")];
    const expire = request("expire", "esp", [sa(1, { state }), made, limit, ...ends, identity]);
    const expected = decodeStrict(encode(expire, illumos), illumos);
    expect(waiting(socket).map((bytes) => decodeStrict(bytes, illumos))).toEqual([expected]);
  });

  it("counters and use show", () => {
    const { clock, engine, socket } = illumosBench();
    ask(socket, addEsp(1));
    clock.turn(3000);
    engine.account(name, 100);
    clock.turn(3000);
    engine.account(name, 50);
    const { extensions } = askOne(socket, about("get", 1));
    expect(extensions.slice(0, 2)).toMatchObject([
      { flags: 0x8000_0000 },
      { bytes: 150n, allocations: 0, useTime: BigInt(startOfTime / 1000 + 3) },
    ]);
  });

  it("no packet passes where there is no SA, and none through a larval one", () => {
    const { engine, socket } = illumosBench();
    ask(socket, addAh(1));
    ask(socket, request("getspi", "esp", [...ends(), { kind: "spiRange", min: 2, max: 2, reserved: 0 }]));
    const passes = (saType: "ah" | "esp" | "ipcomp", spi: number) =>
      engine.account({ ...name, saType, spi }, 1);
    expect([passes("ah", 1), passes("esp", 1), passes("esp", 2), passes("ipcomp", 1)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it("a larval SA goes after a minute and a half, and nobody is told", () => {
    const { clock, socket } = illumosBench();
    ask(socket, request("getspi", "esp", [...ends(), { kind: "spiRange", min: 2, max: 2, reserved: 0 }]));
    clock.turn(89_999);
    expect(askOne(socket, about("get", 2)).errno).toBe(0);
    clock.turn(1);
    expect(heard(socket)).toEqual([]);
    expect(askOne(socket, about("get", 2)).errno).toBe(3);
  });

  it("an SA that goes before its time is never heard of again", () => {
    const { clock, socket } = illumosBench();
    for (const [index, gone] of [about("delete", 1), request("flush", "unspec")].entries()) {
      ask(socket, addEsp(1, some({ add: 5 }, { add: 2 })));
      expect(ask(socket, gone)).toHaveLength(1);
      clock.turn(10_000);
      expect([index, heard(socket)]).toEqual([index, []]);
    }
  });
});
