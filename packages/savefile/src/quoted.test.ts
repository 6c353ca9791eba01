import { expect, it } from "vitest";
import { quoted } from "./quoted.ts";

const rows: [text: string, word: string | undefined][] = [
  ["name", "name"],
  ["#name", "#name"],
  ["back\\slash", "back\\slash"],
  ["caf\xe9", "caf\xe9"],
  ["", '""'],
  ["two words", '"two words"'],
  ["a\tb", '"a\tb"'],
  ["blank behind ", '"blank behind "'],
  [" blank in front", undefined],
  ['a"b', 'a"b"'],
  ['a"b c', 'a"b c"'],
  ['a b"c', undefined],
  ['a" b', undefined],
  ['"a', undefined],
  ['a"b"c', undefined],
  ["a\nb", undefined],
  ["a\rb", undefined],
  ["a\x1bb", undefined],
  ["a\x7fb", undefined],
];

it.each(rows)("%j is %j", (text, word) => {
  expect(quoted(text)).toBe(word);
});

/** How ipseckey reads a word that has a quote (recorded from illumos's ipseckey). */
function unquoted(word: string): string {
  const open = word.indexOf('"');
  if (open < 0) return word;
  const close = word.indexOf('"', open + 1);
  return open === 0 ? word.slice(1, close).trimStart() : word.slice(0, close);
}

it.each(rows.filter(([, word]) => word !== undefined))("%j is read again", (text, word) => {
  expect(unquoted(word!)).toBe(text);
});
