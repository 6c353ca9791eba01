import { type OutgoingMessage, request, type SaExtension } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { ask, askOne, heard, inShort } from "../testing/exchange.ts";
import { about, addEsp, ends, getspi, sa2 } from "../testing/requests.ts";
import { bench, registered } from "../testing/sockets.ts";

const spiIn = (message: { extensions: readonly { kind: string }[] }): number =>
  (message.extensions.find(({ kind }) => kind === "sa") as SaExtension).spi;
const range = (
  saType: "ah" | "esp" | "ipcomp" | "unspec" | "rsvp",
  min: number,
  max: number,
): OutgoingMessage => request("getspi", saType, [...ends(), { kind: "spiRange", min, max, reserved: 0 }]);

describe("which SPI", () => {
  // biome-ignore format: one row a line
  it.each([
    ["the lowest draw",              getspi(0x1000, 0x1fff),                         0,        0x1000],
    ["the highest draw",             getspi(0x1000, 0x1fff),                         0.999999, 0x1fff],
    ["no range",                     request("getspi", "esp", ends()),               0,        0x100],
    ["no range, highest",            request("getspi", "esp", ends()),               0.9999999999, 0x0fffffff],
    ["the whole range",              getspi(0, 0xffffffff),                          0.9999999999, 0xffffffff],
    ["never 0",                      getspi(0, 5),                                   0,        1],
    ["below 256",                    getspi(7, 7),                                   0,        7],
    ["for AH",                       range("ah", 0x300, 0x300),                      0,        0x300],
    ["the highest for IPComp",       range("ipcomp", 0xffff, 0xffff),                0,        0xffff],
  ] as const)("%s", (_, message, draw, spi) => {
    expect(spiIn(askOne(bench({ random: () => draw }).socket, message))).toBe(spi);
  });

  it("all of a range come out, then none, whatever is drawn", () => {
    const { socket } = bench({ random: () => 0.5 });
    const spis = Array.from({ length: 5 }, () => spiIn(askOne(socket, getspi(10, 14))));
    expect(spis.sort()).toEqual([10, 11, 12, 13, 14]);
    expect(askOne(socket, getspi(10, 14)).errno).toBe(2);
    expect(askOne(socket, getspi(0, 0)).errno).toBe(2);
  });

  it("a mature SA takes its SPI too, for its own protocol, whatever the destination", () => {
    const { socket } = bench();
    ask(socket, addEsp(0x500));
    expect(askOne(socket, getspi(0x500, 0x500)).errno).toBe(2);
    expect(spiIn(askOne(socket, range("ah", 0x500, 0x500)))).toBe(0x500);
    const elsewhere = request("getspi", "esp", [
      ...ends("192.0.2.1", "192.0.2.9"),
      { kind: "spiRange", min: 0x500, max: 0x500, reserved: 0 },
    ]);
    expect(askOne(socket, elsewhere).errno).toBe(2);
  });

  // biome-ignore format: one row a line
  it.each([
    ["no source",          request("getspi", "esp", ends().slice(1)),                                       22],
    ["two families",       request("getspi", "esp", ends("192.0.2.1", "2001:db8:0:0:0:0:0:2")),    22],
    ["no SA type",         range("unspec", 0x100, 0x200),                                                   22],
    ["RSVP",               range("rsvp", 0x100, 0x200),                                                     22],
    ["a mode of its own",  getspi(0x100, 0x200, [sa2(4)]),                                                  22],
    ["from high to low",   getspi(0x200, 0x100),                                                            22],
    ["beyond a CPI",       range("ipcomp", 0x100, 0x10000),                                                 22],
  ] as const)("refused: %s", (_, message, errno) => {
    expect(askOne(bench().socket, message).errno).toBe(errno);
  });
});

describe("the larval SA", () => {
  it("lives 30 seconds, and its end is told", () => {
    const { clock, engine, socket } = bench();
    const listener = registered(engine);
    ask(socket, getspi(0x500, 0x500));
    clock.turn(29_999);
    expect(askOne(socket, about("get", 0x500)).errno).toBe(0);
    clock.turn(1);
    expect(askOne(socket, about("get", 0x500)).errno).toBe(3);
    const [expire] = heard(listener);
    expect(expire?.extensions.slice(0, 2)).toMatchObject([
      { kind: "sa", spi: 0x500, state: 3 },
      { kind: "lifetimeHard", addTime: 30n },
    ]);
  });

  it("becomes mature by an UPDATE with another sequence, which starts its time anew", () => {
    const { clock, engine, socket } = bench();
    const listener = registered(engine);
    ask(socket, { ...getspi(0x500, 0x500), sequence: 7 });
    clock.turn(20_000);
    const update = { ...addEsp(0x500), type: "update", sequence: 8 } as const;
    expect(askOne(socket, update).extensions[0]).toMatchObject({ state: 1 });
    clock.turn(60_000);
    expect(heard(listener).map(inShort)).toEqual(["update"]);
    const { extensions } = askOne(socket, about("get", 0x500));
    expect(extensions.find(({ kind }) => kind === "lifetimeCurrent")).toMatchObject({
      addTime: BigInt((clock.now() - 60_000) / 1000),
    });
  });

  it("keeps its SPI from an ADD", () => {
    const { socket } = bench();
    ask(socket, getspi(0x500, 0x500));
    expect(askOne(socket, addEsp(0x500)).errno).toBe(17);
  });

  it("without an SPI it is used again by the next GETSPI, or ends with an ADD for the same", () => {
    const { socket } = bench();
    ask(socket, getspi(0x200, 0x100));
    const dumped = () =>
      ask(socket, request("dump", "unspec"))
        .filter(({ errno }) => errno === 0)
        .map(spiIn);
    expect(dumped()).toEqual([0]);
    ask(socket, getspi(0x300, 0x300));
    expect(dumped()).toEqual([0x300]);
    ask(socket, getspi(0x200, 0x100));
    ask(socket, addEsp(0x400));
    expect(dumped()).toEqual([0x400, 0x300]);
  });

  it("shows mode and reqid, no keys and no proxy", () => {
    const { extensions } = askOne(bench().socket, getspi(0x500, 0x500, [sa2(2, 55)]));
    expect(extensions.map(({ type }) => type)).toEqual([1, 3, 4, 2, 5, 6, 19]);
    expect(extensions.at(-1)).toMatchObject({ mode: 2, reqid: 55 });
  });
});
