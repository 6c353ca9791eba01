import { describe, expect, it } from "vitest";
import type { ProblemCode } from "./problem.ts";
import { scan, TOKEN_LIMIT } from "./scan.ts";

const start = { line: 3, column: 1, offset: 100 };
const words = (text: string, original: boolean) => {
  const { tokens, problems } = scan(text, start, { original, origin: "file" });
  return { words: tokens.map((token) => token.text), codes: problems.map(({ code }) => code) };
};

interface Row {
  text: string;
  illumos: string[];
  /** Where the default face differs. */
  words?: string[];
  codes?: ProblemCode[];
}

const rows: Row[] = [
  { text: "flush esp\n", illumos: ["flush", "esp"] },
  { text: "\tflush\t\tesp\t\n", illumos: ["flush", "esp"] },
  { text: "flush\v\f\r esp", illumos: ["flush", "esp"] },
  { text: "a;b=c{d},e # f", illumos: ["a;b=c{d},e", "#", "f"] },
  { text: '"flush" "esp"', illumos: ["flush", "esp"] },
  { text: '"  esp"', illumos: ["esp"] },
  { text: '"esp "', illumos: ["esp "] },
  { text: '"a b c"', illumos: ["a b c"] },
  { text: 'a"b c" d', illumos: ['a"b c', "d"] },
  { text: '"esp"junk more', illumos: ["esp", "more"], codes: ["glued-quote"] },
  { text: 'a"b"c"d e', illumos: ['a"b', "e"], codes: ["glued-quote"] },
  { text: 'flush ""', illumos: ["flush"], words: ["flush", ""] },
  { text: '"esp\n', illumos: ["esp\n"], codes: ["unfinished-quote"] },
  { text: 'e"sp x\n', illumos: ['e"sp x\n'], codes: ["unfinished-quote"] },
  { text: "a\\ b", illumos: ["a\\", "b"] },
  // A no-break space of latin1 is a part of many UTF-8 characters.
  { text: "a\u00a0b \u00c3\u00a0", illumos: ["a\u00a0b", "\u00c3\u00a0"] },
  { text: "", illumos: [] },
];

describe.each(rows)("$text", ({ text, illumos, words: found = illumos, codes = [] }) => {
  it("as illumos reads it", () => {
    expect(words(text, true)).toEqual({ words: illumos, codes: [] });
  });

  it("by default", () => {
    expect(words(text, false)).toEqual({ words: found, codes });
  });
});

it("says where the words begin, over line ends", () => {
  const { tokens } = scan('add  esp \n spi "0x1"\n', start, { original: false, origin: "file" });
  expect(tokens).toEqual([
    { text: "add", position: { line: 3, column: 1, offset: 100 } },
    { text: "esp", position: { line: 3, column: 6, offset: 105 } },
    { text: "spi", position: { line: 4, column: 2, offset: 111 } },
    { text: "0x1", position: { line: 4, column: 6, offset: 115 } },
  ]);
});

it("reads as many words as the limit allows", () => {
  const some = scan("a ".repeat(TOKEN_LIMIT), start, { original: false, origin: "file" });
  expect([some.tokens.length, some.overflow]).toEqual([TOKEN_LIMIT, false]);
  const more = scan("a ".repeat(TOKEN_LIMIT + 1), start, { original: false, origin: "file" });
  expect([more.tokens.length, more.overflow]).toEqual([TOKEN_LIMIT, true]);
});
