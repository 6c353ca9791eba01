import { openSession } from "@keysock/session";
import { supportedFrom } from "@keysock/setkey-compiler";
import { decode, encode, find, linux, request } from "@keysock/wire";
import { expect, it } from "vitest";
import { createDumpSource } from "./dump-source.ts";
import { createSink } from "./sink.ts";

it("a sink answers each request with its header, in order", () => {
  const sink = createSink();
  const sa = { kind: "sa", spi: 1, replay: 0, state: 0, authentication: 0, encryption: 0, flags: 0 } as const;
  const messages = [1, 2].map((sequence) => ({ ...request("add", "esp", [sa]), sequence, pid: 5 }));
  sink.send(messages.map((message) => encode(message, linux)));
  const replies = [sink.receive(0)!, sink.receive(0)!].map((bytes) => decode(bytes, linux));
  expect(replies.map(({ message }) => message)).toEqual(
    messages.map((message) => ({ ...message, extensions: [] })),
  );
  expect(replies.flatMap(({ problems }) => problems)).toEqual([]);
  expect(sink.receive(0)).toBeUndefined();
  expect(sink.taken).toBe(2);
});

it("a sink offers what the statements ask for, and does not count that", () => {
  const sink = createSink();
  const [reply] = openSession(sink, { pid: 5, sequence: { first: 9 } }).request(
    request("register", "unspec"),
  );
  expect(supportedFrom(reply!)).toEqual({
    authentication: new Map([[3, { minBits: 160, maxBits: 160 }]]),
    encryption: new Map([[12, { minBits: 128, maxBits: 256 }]]),
  });
  expect(sink.taken).toBe(0);
});

it("a dump has so many entries, numbered as Linux does", () => {
  const session = openSession(createDumpSource(3), { pid: 5, sequence: { first: 9 } });
  const replies = [...session.request(request("dump", "unspec"))];
  expect(replies.map((reply) => [reply.sequence, reply.pid, find(reply, "sa")?.spi])).toEqual([
    [1, 5, 0x1002],
    [2, 5, 0x1001],
    [0, 5, 0x1000],
  ]);
});
