import { type LifetimeExtension, type OutgoingExtension, request, SaState } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { ask, askOne, heard, inShort } from "../testing/exchange.ts";
import { startOfTime } from "../testing/hand-clock.ts";
import {
  about,
  addEsp,
  aesKey,
  anyIpv6,
  ends,
  illumosBench,
  limits,
  md5Key,
  sa,
} from "../testing/illumos-requests.ts";

type Given = Parameters<typeof limits>[1];

/** Limits that a GET shows, in a word: `hard 9/0/0/0` is 9 allocations, and then bytes, add time and use time. */
const shownLimits = (extensions: readonly { kind: string }[]) =>
  extensions
    .filter((extension): extension is LifetimeExtension => /lifetime(Hard|Soft|Idle)/.test(extension.kind))
    .map(({ kind, allocations, bytes, addTime, useTime }) => {
      return `${kind.slice("lifetime".length).toLowerCase()} ${allocations}/${bytes}/${addTime}/${useTime}`;
    })
    .join(", ");

const lifetimes = (hard?: Given, soft?: Given, idle?: Given): OutgoingExtension[] => [
  ...(hard ? [limits("lifetimeHard", hard)] : []),
  ...(soft ? [limits("lifetimeSoft", soft)] : []),
  ...(idle ? [limits("lifetimeIdle", idle)] : []),
];

describe("UPDATE of an SA that has its keys", () => {
  // biome-ignore format: one row a line
  it.each([
    ["what is given replaces what there is",      lifetimes({ bytes: 9, add: 9 }, { bytes: 5 }, { add: 3 }), lifetimes({ bytes: 8, add: 8 }, { bytes: 6 }, { add: 4 }), "hard 0/8/8/0, soft 0/6/0/0, idle 0/0/4/0"],
    ["zero leaves it",                            lifetimes({ bytes: 9, add: 9 }, { bytes: 5 }, { add: 3 }), lifetimes({ use: 7 }, {}, { use: 2 }),                      "hard 0/9/9/7, soft 0/5/0/0, idle 0/0/3/2"],
    ["nothing leaves it",                         lifetimes({ bytes: 9, add: 9 }, { bytes: 5 }),             [],                                                         "hard 0/9/9/0, soft 0/5/0/0"],
    ["soft is lowered to a new hard limit",       lifetimes({}, { allocations: 9, bytes: 9, add: 9, use: 9 }), lifetimes({ allocations: 1, bytes: 2, add: 3, use: 4 }),  "hard 1/2/3/4, soft 1/2/3/4"],
    ["soft is lowered to an old hard limit",      lifetimes({ bytes: 5 }),                                   lifetimes(undefined, { bytes: 9 }),                         "hard 0/5/0/0, soft 0/5/0/0"],
    ["without a hard limit soft may be anything", lifetimes(),                                               lifetimes(undefined, { bytes: 9 }),                         "soft 0/9/0/0"],
  ] as const)("%s", (_, before, update, after) => {
    const { socket } = illumosBench();
    ask(socket, addEsp(1, before));
    expect(ask(socket, about("update", 1, update)).map(inShort)).toEqual(["update"]);
    expect(shownLimits(askOne(socket, about("get", 1)).extensions)).toBe(after);
  });

  it("is echoed in the order in which it came", () => {
    const { socket } = illumosBench();
    ask(socket, addEsp(1));
    const update = about("update", 1, lifetimes({ bytes: 8 }), { encryption: 11 });
    const { type, errno, reserved, extensions } = askOne(socket, { ...update, reserved: 5, errno: 4 });
    expect([type, errno, reserved]).toEqual(["update", 0, 0]);
    expect(extensions.map(({ kind }) => kind)).toEqual(update.extensions.map(({ kind }) => kind));
  });

  it("changes neither its algorithms nor its replay window nor when it was made", () => {
    const { clock, socket } = illumosBench();
    ask(socket, addEsp(1, [], { replay: 32 }));
    const before = askOne(socket, about("get", 1));
    clock.turn(5000);
    ask(socket, about("update", 1, [], { encryption: 11, replay: 4 }));
    expect(askOne(socket, about("get", 1))).toEqual(before);
  });

  it("finds it whatever source it was added with, if it says none", () => {
    const { socket } = illumosBench();
    ask(socket, addEsp(1));
    const anonymous = request("update", "esp", [sa(1), ...ends(anyIpv6, "192.0.2.2")]);
    expect(ask(socket, anonymous).map(inShort)).toEqual(["update"]);
  });

  it("sets its replay value", () => {
    const { socket } = illumosBench();
    ask(socket, addEsp(1));
    const value = { kind: "replayValue", replay32: 99, replay64: 0n } as const;
    ask(socket, about("update", 1, [value]));
    expect(askOne(socket, about("get", 1)).extensions.at(-1)).toMatchObject(value);
  });

  it("can say that it is used elsewhere", () => {
    const { socket } = illumosBench();
    ask(socket, addEsp(1));
    const states = [SaState.activeElsewhere, SaState.mature].map((state) => {
      ask(socket, about("update", 1, [], { state }));
      return askOne(socket, about("get", 1)).extensions[0];
    });
    expect(states).toMatchObject([{ state: 4 }, { state: 1 }]);
  });

  // biome-ignore format: one row a line
  it.each([
    ["recovers when its soft limit moves away",       lifetimes(undefined, { add: 8 }), SaState.mature],
    ["goes on dying when only its hard limit moves",  lifetimes({ add: 20 }),           SaState.dying],
    ["goes on dying when its soft limit is past",     lifetimes(undefined, { add: 3 }), SaState.dying],
  ] as const)("one that is dying %s", (_, update, state) => {
    const { clock, socket } = illumosBench();
    ask(socket, addEsp(1, lifetimes({ add: 10 }, { add: 2 })));
    clock.turn(5000);
    expect(heard(socket).map(inShort)).toEqual(["expire soft"]);
    expect(ask(socket, about("update", 1, update)).map(inShort)).toEqual(["update"]);
    expect(askOne(socket, about("get", 1)).extensions[0]).toMatchObject({ state });
  });
});

describe("UPDATE of a larval SA", () => {
  const getspi = request("getspi", "esp", [...ends(), { kind: "spiRange", min: 9, max: 9, reserved: 0 }]);
  const complete = { ...addEsp(9, [md5Key], { authentication: 2, replay: 32 }), type: "update" } as const;

  it("makes it what an ADD would, from now on", () => {
    const { clock, socket } = illumosBench();
    ask(socket, getspi);
    clock.turn(20_000);
    expect(ask(socket, complete).map(inShort)).toEqual(["update"]);
    const { extensions } = askOne(socket, about("get", 9));
    expect(extensions.slice(0, 2)).toMatchObject([
      { spi: 9, state: SaState.mature, replay: 32, authentication: 2, encryption: 12 },
      { kind: "lifetimeCurrent", addTime: BigInt(startOfTime / 1000 + 20) },
    ]);
    expect(extensions.map(({ kind }) => kind).slice(-2)).toEqual(["keyAuthentication", "keyEncryption"]);
    expect(ask(socket, request("dump", "esp")).map(inShort)).toEqual(["dump", "dump"]);
    clock.turn(200_000);
    expect(heard(socket)).toEqual([]);
    expect(askOne(socket, about("get", 9)).errno).toBe(0);
  });

  it("is refused as an ADD would be, and leaves it", () => {
    const { socket } = illumosBench();
    ask(socket, getspi);
    const without = { ...complete, extensions: complete.extensions.filter((one) => one !== aesKey) };
    expect(ask(socket, without).map(inShort)).toEqual(["update 22/21"]);
    expect(askOne(socket, about("get", 9)).extensions[0]).toMatchObject({ state: SaState.larval });
  });
});
