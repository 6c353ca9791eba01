import { describe, expect, it } from "vitest";
import { splitDatagram } from "./datagram.ts";
import { decode } from "./decode.ts";
import { bytesOfHex } from "./testing/bytes.ts";

const done = "14000000 0300 0200 07000000 00000000 00000000";
/** Ends with its body of one byte. */
const flush = "11000000 1c00 0500 07000000 00000000 32";

const cases: [name: string, datagram: string, messages: string[], last?: string][] = [
  ["nothing", "", []],
  ["one message", done, [done]],
  ["two messages", done + done, [done, done]],
  ["a message that is no multiple of 4", `${flush} 000000 ${done}`, [flush, done]],
  ["such a message at the end", done + flush, [done, flush]],
  ["such a message and padding at the end", `${flush} 000000`, [flush]],
  ["half a header at the end", `${done} 14000000 0300`, [done, "14000000 0300"], "header-short"],
  ["a message cut short", `${done} ${done.slice(0, -2)}`, [done, done.slice(0, -2)], "message-truncated"],
  [
    "a length below the header's",
    `${done} 0f${done.slice(2)}`,
    [done, `0f${done.slice(2)}`],
    "message-length-short",
  ],
  ["a length of 0", `00${done.slice(2)} ${done}`, [`00${done.slice(2)} ${done}`], "message-length-short"],
];

describe("splitDatagram", () => {
  it.each(cases)("%s", (_name, datagram, messages, problem) => {
    const parts = splitDatagram(bytesOfHex(datagram), "little");
    expect(parts).toEqual(messages.map(bytesOfHex));
    const reasons = parts.flatMap((part) => decode(part, "little").problems.map(({ reason }) => reason));
    expect(reasons.slice(0, 1)).toEqual(problem === undefined ? [] : [problem]);
  });

  it("goes by the byte order", () => {
    const big = bytesOfHex("00000014 0003 0002 00000007 00000000 00000000");
    expect(splitDatagram(Uint8Array.of(...big, ...big), "big")).toEqual([big, big]);
  });

  it("gives the datagram's own memory", () => {
    const datagram = bytesOfHex(done);
    expect(splitDatagram(datagram, "little")[0]!.buffer).toBe(datagram.buffer);
  });
});
