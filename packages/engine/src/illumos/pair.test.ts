import { IllumosSaFlag, type OutgoingExtension, request, type SaExtension } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { ask, askOne, heard, inShort } from "../testing/exchange.ts";
import { about, addEsp, aesKey, ends, illumosBench, limits, pair, sa } from "../testing/illumos-requests.ts";

const { inbound, outbound, paired } = IllumosSaFlag;
const back = (
  type: "add" | "get" | "delete" | "update",
  spi: number,
  more: OutgoingExtension[] = [],
  flags = 0,
) =>
  request(type, "esp", [
    sa(spi, { flags }),
    ...(type === "add" ? [aesKey] : []),
    ...ends("192.0.2.2", "192.0.2.1"),
    ...more,
  ]);

/** SPI, and what GET says of pairing: its flags and the other's SPI. */
function pairing(extensions: readonly { kind: string }[]) {
  const shown = extensions.find((one): one is SaExtension => one.kind === "sa");
  const other = extensions.find((one): one is { kind: "pair"; spi: number } => one.kind === "pair");
  return { spi: shown?.spi, paired: ((shown?.flags ?? 0) & paired) !== 0, with: other?.spi };
}

function twoPaired() {
  const made = illumosBench();
  const { socket } = made;
  ask(socket, addEsp(0x10, [], { flags: outbound }));
  ask(socket, back("add", 0x11, [pair(0x10)], inbound | paired));
  return made;
}

const both = (socket: ReturnType<typeof twoPaired>["socket"]) =>
  [about("get", 0x10), back("get", 0x11)].map((message) => pairing(askOne(socket, message).extensions));
const alone = (spi: number) => ({ spi, paired: false, with: undefined });

describe("a pair", () => {
  it("is made by the ADD of the second, and shows in both", () => {
    expect(both(twoPaired().socket)).toEqual([
      { spi: 0x10, paired: true, with: 0x11 },
      { spi: 0x11, paired: true, with: 0x10 },
    ]);
  });

  it("is made by an UPDATE of two that are there", () => {
    const { socket } = illumosBench();
    ask(socket, addEsp(0x10));
    ask(socket, back("add", 0x11));
    expect(both(socket)).toEqual([alone(0x10), alone(0x11)]);
    expect(ask(socket, about("update", 0x10, [pair(0x11)])).map(inShort)).toEqual(["update"]);
    expect(both(socket)).toEqual([
      { spi: 0x10, paired: true, with: 0x11 },
      { spi: 0x11, paired: true, with: 0x10 },
    ]);
  });

  it("is made by the UPDATE of a larval SA", () => {
    const { socket } = illumosBench();
    ask(socket, addEsp(0x10));
    const range = { kind: "spiRange", min: 0x11, max: 0x11, reserved: 0 } as const;
    ask(socket, request("getspi", "esp", [...ends("192.0.2.2", "192.0.2.1"), range]));
    ask(socket, back("update", 0x11, [aesKey, pair(0x10)]));
    expect(both(socket).map((half) => half.with)).toEqual([0x11, 0x10]);
  });

  it("gets new limits at once by UPDATEPAIR, whichever half it names", () => {
    const { socket } = twoPaired();
    const update = about("updatepair", 0x10, [limits("lifetimeSoft", { bytes: 100 })]);
    const answer = askOne(socket, update);
    expect([inShort(answer), answer.extensions.length]).toEqual(["updatepair", update.extensions.length]);
    for (const message of [about("get", 0x10), back("get", 0x11)]) {
      expect(askOne(socket, message).extensions[2]).toMatchObject({ kind: "lifetimeSoft", bytes: 100n });
    }
  });

  it("goes at once by DELPAIR, whose answer shows the half that was named", () => {
    const { socket } = twoPaired();
    const answer = askOne(socket, back("delete", 0x11) && { ...back("get", 0x11), type: "delpair" });
    expect(inShort(answer)).toBe("delpair");
    expect(pairing(answer.extensions)).toEqual({ spi: 0x11, paired: true, with: 0x10 });
    expect(answer.extensions[0]).toMatchObject({ state: 3 });
    expect(ask(socket, request("dump", "unspec")).map(inShort)).toEqual(["dump"]);
  });

  it.each([
    ["a DELETE", back("delete", 0x11), 0],
    ["its hard limit", back("update", 0x11, [limits("lifetimeHard", { add: 1 })]), 1000],
  ])("ends with one half by %s; the other one stays, and can be paired again", (_, message, later) => {
    const { clock, socket } = twoPaired();
    ask(socket, message);
    clock.turn(later);
    heard(socket);
    expect(askOne(socket, back("get", 0x11)).errno).toBe(3);
    expect(pairing(askOne(socket, about("get", 0x10)).extensions)).toEqual(alone(0x10));
    expect(inShort(askOne(socket, back("add", 0x12, [pair(0x10)])))).toBe("add");
    expect(pairing(askOne(socket, about("get", 0x10)).extensions).with).toBe(0x12);
  });

  it("that cannot be is not added at all", () => {
    const { socket } = illumosBench();
    expect(inShort(askOne(socket, addEsp(1, [pair(2)])))).toBe("add 3/76");
    expect(askOne(socket, about("get", 1)).errno).toBe(3);
  });

  it.each([
    ["no direction said", 0, 0],
    ["one said", inbound, 0],
    ["out and in", outbound, inbound],
    ["both ways each", inbound | outbound, inbound | outbound],
  ])("may be of SAs with %s", (_, one, other) => {
    const { socket } = illumosBench();
    ask(socket, addEsp(1, [], { flags: one }));
    expect(inShort(askOne(socket, back("add", 2, [pair(1)], other)))).toBe("add");
  });
});
