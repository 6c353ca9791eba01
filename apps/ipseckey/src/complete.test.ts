import { expect, it } from "vitest";
import { complete } from "./complete.ts";

it.each<[line: string, words: string[]]>([
  ["fl", ["flush "]],
  ["  fl", ["flush "]],
  ["up", ["update ", "update-pair "]],
  ["flush ", ["all ", "ah ", "esp "]],
  ["save e", ["esp "]],
  ["save esp ", []],
  ["monitor ", []],
  ["add esp encrk", ["encrkey "]],
  ["add esp spi 1 hard_", ["hard_alloc ", "hard_bytes ", "hard_addtime ", "hard_usetime "]],
  ["    srci", ["srcidtype "].slice(1)],
  ["192.0.2.1 srci", ["srcidtype "]],
  ["help at", ["attr "]],
  ["help attr ", []],
  ["nothing ", complete("x ")[0]],
])("%j", (line, words) => {
  expect(complete(line)[0]).toEqual(words);
});
