import { describe, expect, it } from "vitest";
import { decode, decodeStrict } from "./decode.ts";
import { encode } from "./encode.ts";
import { attributeValue } from "./message.ts";
import { bytesOfHex } from "./testing/bytes.ts";
import { recorded } from "./testing/recorded.ts";

const bytesNamed = (name: string) => recorded.find((one) => one.name === name)!.bytes;
const decodeNamed = (name: string) => decodeStrict(bytesNamed(name), "little");
const address = (hex: string) => bytesOfHex(hex.padEnd(32, "0"));

describe("what a kernel said", () => {
  it.each(recorded)("$name", ({ type, bytes }) => {
    const { message, problems } = decode(bytes, "little");
    expect(problems).toEqual([]);
    expect(message.type).toBe(type);
    expect(encode(message, "little")).toEqual(bytes);
  });

  it("an acknowledgement has errno 0 and the header of the request", () => {
    expect(decodeNamed("an acknowledgement")).toMatchObject({
      flags: 0x100,
      sequence: 101,
      body: { errno: 0, request: bytesOfHex("fc000000130005006500000000000000") },
      attributes: [],
    });
  });

  it("an error repeats the request", () => {
    const error = decodeNamed("an SA that is not there");
    if (error.type !== "error") throw new Error(`${error.type}`);
    expect(error.body.errno).toBe(3);
    expect(decodeStrict(error.body.request, "little")).toMatchObject({
      type: "getSa",
      sequence: 110,
      body: { destination: address("c0000209"), family: 2, protocol: 50 },
    });
  });

  it.each([
    ["an attribute of a wrong size, with its offset", 34, "Attribute failed policy validation", 184],
    ["an error in words", 22, "Invalid SPI range: min > max", undefined],
    ["an error with the policy of the attribute", 34, "integer out of range", 240],
  ])("%s", (name, errno, text, offset) => {
    const error = decodeNamed(name);
    if (error.type !== "error") throw new Error(`${error.type}`);
    expect(error.body.errno).toBe(errno);
    expect(attributeValue(error, "errMsg")).toBe(text);
    expect(attributeValue(error, "errOffs")).toBe(offset);
  });

  it("a dump that ends badly says so in its last message", () => {
    expect(decodeNamed("a dump refused at its end")).toMatchObject({ flags: 2, body: { errno: 22 } });
  });

  it("a larval SA", () => {
    expect(decodeNamed("newSa of an IPv6 SA")).toMatchObject({
      body: {
        id: { destination: bytesOfHex("20010db8000000000000000000000002"), spi: 0x1000, protocol: 51 },
        source: bytesOfHex("20010db8000000000000000000000001"),
        lifetime: { hardAddTime: 30n, hardBytes: 2n ** 64n - 1n },
        family: 10,
        mode: 1,
        reqid: 5,
      },
      attributes: [{ kind: "replayVal", value: { outgoing: 0, incoming: 0, bitmap: 0 } }],
    });
  });

  it("an SA deleted comes along", () => {
    const { attributes } = decodeNamed("delSa, as the SA group hears it") as {
      attributes: readonly object[];
    };
    expect(attributes).toMatchObject([{ kind: "sa", value: { id: { spi: 0x1000 } } }, { kind: "replayVal" }]);
  });

  it("an SA wanted", () => {
    expect(decodeNamed("acquire")).toMatchObject({
      sequence: 0,
      body: {
        id: { destination: address("c0000202"), spi: 0, protocol: 50 },
        source: address("c0000201"),
        selector: { source: address("0a000000"), sourcePrefixLength: 8, family: 2 },
        policy: { direction: 1, priority: 1000 },
        sequence: 2,
      },
      attributes: [
        { kind: "tmpl", value: [{ reqid: 5, mode: 1 }] },
        { kind: "policyType", value: { type: 0 } },
      ],
    });
  });

  it.each([
    [
      "newSadInfo",
      [
        ["sadCnt", 2],
        ["sadHinfo", { buckets: 8, maximum: 0x100000 }],
      ],
    ],
    [
      "newSpdInfo",
      [
        ["spdInfo", { in: 0, out: 1, fwd: 1, socketIn: 0, socketOut: 0, socketFwd: 0 }],
        ["spdHinfo", { buckets: 7, maximum: 0x100000 }],
        ["spdIpv4Hthresh", { local: 32, remote: 32 }],
        ["spdIpv6Hthresh", { local: 128, remote: 128 }],
      ],
    ],
  ] as const)("%s", (name, attributes) => {
    expect(decodeNamed(name)).toMatchObject({
      body: 0,
      attributes: attributes.map(([kind, value]) => ({ kind, value })),
    });
  });
});
