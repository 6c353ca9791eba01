import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { FrameError, frameLength, frameReader, isFrame, maxFrameBytes } from "./frames.ts";
import { frame } from "./testing/frame.ts";
import { thrownBy } from "./testing/process.ts";

const byteOrders = ["little", "big"] as const;
const orders = fc.constantFrom(...byteOrders);
const words = fc.integer({ min: 2, max: 40 });

function read(chunks: readonly Uint8Array[], byteOrder: "little" | "big") {
  const reader = frameReader(byteOrder);
  const messages: Uint8Array[] = [];
  for (const chunk of chunks) reader.push(chunk, (message) => messages.push(message));
  return { messages, pending: reader.pending };
}

describe("a frame reader", () => {
  test.prop([
    orders,
    fc.array(words, { maxLength: 20 }),
    fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 }),
  ])("finds the same messages however the stream is cut", (byteOrder, lengths, cuts) => {
    const messages = lengths.map((length, n) => frame(length, byteOrder, n));
    const stream = Buffer.concat(messages);
    const chunks: Uint8Array[] = [];
    for (let at = 0, n = 0; at < stream.length; n++) {
      const size = cuts[n % cuts.length]!;
      chunks.push(Uint8Array.from(stream.subarray(at, at + size)));
      at += size;
    }
    expect(read(chunks, byteOrder)).toEqual({ messages, pending: 0 });
  });

  it.each([
    ["nothing", 0],
    ["a part of the length", 5],
    ["the length", 6],
    ["all but a byte", 23],
  ])("keeps %s until the rest comes", (_, bytes) => {
    const message = frame(3, "little", 1);
    expect(read([message.subarray(0, bytes)], "little")).toEqual({ messages: [], pending: bytes });
    expect(read([message.subarray(0, bytes), message.subarray(bytes)], "little").messages).toEqual([message]);
  });

  it.each(byteOrders)("takes a message of the greatest length, %s-endian", (byteOrder) => {
    const message = frame(maxFrameBytes / 8, byteOrder, 1);
    expect(read([message], byteOrder).messages).toEqual([message]);
  });

  it.each([
    [0, 0],
    [1, 8],
    [maxFrameBytes / 8 + 1, maxFrameBytes + 8],
    [65_535, 524_280],
  ])("ends at a length of %d words, after the messages before it", (words, length) => {
    const good = frame(2, "little", 1);
    const bad = frame(2, "little", 2);
    new DataView(bad.buffer).setUint16(4, words, true);
    const reader = frameReader("little");
    const messages: Uint8Array[] = [];
    const error = thrownBy(() => reader.push(Buffer.concat([good, bad]), (each) => messages.push(each)));
    expect(error).toBeInstanceOf(FrameError);
    expect(error).toMatchObject({
      name: "FrameError",
      length,
      message: `a message says that it has ${length} bytes: expected 16 to 131072`,
    });
    expect(messages).toEqual([good]);
  });

  it("needs time in proportion to the bytes, not to their square, when they come one by one", () => {
    const time = (count: number) => {
      const stream = frame(maxFrameBytes / 8, "little", 1).subarray(0, count);
      const reader = frameReader("little");
      const before = performance.now();
      for (let at = 0; at < stream.length; at++) reader.push(stream.subarray(at, at + 1), () => {});
      return performance.now() - before;
    };
    time(maxFrameBytes);
    const [small, large] = [time(maxFrameBytes / 16), time(maxFrameBytes)];
    // 16 times the bytes: 16 times the time, 256 times if it were quadratic.
    expect(large).toBeLessThan(Math.max(small, 1) * 100);
  });

  it("reads on past messages without keeping their bytes", () => {
    const reader = frameReader("little");
    const seen: Uint8Array[] = [];
    reader.push(frame(4, "little", 0xaa), (message) => seen.push(message));
    seen[0]!.fill(0);
    reader.push(frame(2, "little", 0xbb), (message) => seen.push(message));
    expect(seen[1]).toEqual(frame(2, "little", 0xbb));
  });
});

describe("isFrame", () => {
  it.each([
    ["a base header", frame(2, "little", 0), true],
    ["the greatest length", frame(maxFrameBytes / 8, "little", 0), true],
    ["nothing", new Uint8Array(0), false],
    ["less than a base header", new Uint8Array(15), false],
    ["one word", Uint8Array.of(2, 9, 0, 3, 1, 0, 0, 0), false],
    ["a length that is less than it has", Uint8Array.from([...frame(2, "little", 0), 0]), false],
    ["a length that is more than it has", frame(3, "little", 0).subarray(0, 16), false],
    ["the other byte order", frame(2, "big", 0), false],
    ["over the limit", frame(maxFrameBytes / 8 + 1, "little", 0), false],
  ])("%s: %o", (_, message, value) => {
    expect(isFrame(message, "little")).toBe(value);
  });

  test.prop([orders, words])("holds for what frameLength agrees with", (byteOrder, length) => {
    const message = frame(length, byteOrder, 0);
    expect([isFrame(message, byteOrder), frameLength(message, byteOrder)]).toEqual([true, length * 8]);
  });
});
