import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { readStream } from "./read-stream.ts";

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("readStream", () => {
  it("gives what there is, and waits for more", async () => {
    const stream = new PassThrough();
    const pieces = readStream(stream, turn);
    stream.write("flush\n");
    expect(await pieces.next()).toEqual({ done: false, value: "flush\n" });
    stream.write("du");
    expect(await pieces.next()).toEqual({ done: false, value: "du" });
    stream.write("mp\n");
    expect(await pieces.next()).toEqual({ done: false, value: "mp\n" });
    stream.end();
    expect(await pieces.next()).toEqual({ done: true, value: undefined });
  });

  it("gives a command together with the lines that go on with it, where they are there", async () => {
    const stream = new PassThrough({ highWaterMark: 1 << 20 });
    const pieces = readStream(stream, turn);
    stream.write("flush\nadd ah\n");
    setImmediate(() => stream.write("   spi 1\n"));
    const first = await pieces.next();
    const second = await pieces.next();
    expect([first.value, second.value]).toEqual(["flush\n", "add ah\n   spi 1\n"]);
    stream.end();
    expect((await pieces.next()).done).toBe(true);
  });

  it("never takes a line away from the next ones while there is more to read", async () => {
    const line = "add ah spi 1\n   dst 192.0.2.2\n";
    const stream = new PassThrough({ highWaterMark: 1000 });
    const text = line.repeat(1000);
    void (async () => {
      for (let at = 0; at < text.length; at += 997) {
        if (!stream.write(text.slice(at, at + 997)))
          await new Promise((resolve) => stream.once("drain", resolve));
      }
      stream.end();
    })();
    const pieces: string[] = [];
    for await (const piece of readStream(stream, turn)) pieces.push(piece);
    expect(pieces.join("")).toBe(text);
    expect(pieces.filter((piece) => !piece.startsWith("add"))).toEqual([]);
  });

  it("tells what is wrong with the stream", async () => {
    const stream = new PassThrough();
    const pieces = readStream(stream, turn);
    const next = pieces.next();
    await turn();
    stream.destroy(Object.assign(new Error("gone"), { errno: -5, code: "EIO" }));
    await expect(next).rejects.toThrow('Can\'t read "<stdin>": Input/output error');
  });
});
