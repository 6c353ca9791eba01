import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formatTxtar, parseTxtar } from "./txtar.ts";

const folder = new URL("../recorded/setkey/", import.meta.url);

it("writes every recorded run of setkey as it is", () => {
  for (const file of readdirSync(folder)) {
    const text = readFileSync(new URL(file, folder), "latin1");
    expect([file, formatTxtar(parseTxtar(text))]).toEqual([file, text]);
  }
});

describe("a part", () => {
  it.each([
    ["without anything in it", "", "-- a --\n"],
    ["of text", "one\ttwo\n\nthree\n", "-- a --\none\ttwo\n\nthree\n"],
    ["of text beyond ASCII", Buffer.from("ä\n").toString("latin1"), "-- a --\n\xc3\xa4\n"],
    ["that does not end in a newline", "one", "-- a base64 --\nb25l\n"],
    ["with bytes that are no text", "\xff\n", "-- a base64 --\n/wo=\n"],
    ["with control characters", "\0\n", "-- a base64 --\nAAo=\n"],
    ["with a line like the beginning of a part", "-- b --\n", "-- a base64 --\nLS0gYiAtLQo=\n"],
  ])("%s", (_, content, text) => {
    expect(formatTxtar([["a", content]])).toBe(text);
    expect(parseTxtar(text)).toEqual(new Map([["a", content]]));
  });
});
