import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { type Attribute, attributesFrom, attributeWords, type Command, readCommands } from "./index.ts";
import { attributes as rows } from "./words.ts";

/**
 * Words that need quotes and words that need none; blanks at the start of a quoted one are not kept, and a backslash at the end of a
 * line joins it to the next.
 */
const bare = fc.stringMatching(/^[!$-~][!#-~]{0,12}$/).filter((text) => !text.endsWith("\\"));
const quoted = fc.stringMatching(/^[!#-~][!#-~ ]{0,12}$/).map((text) => ({ text, written: `"${text}"` }));
const word = fc.oneof(
  bare.map((text) => ({ text, written: text })),
  quoted,
);

interface Piece {
  written: string[];
  /** What must come back of it. */
  expected: Record<string, unknown>;
}

function number(name: string, bits: number): fc.Arbitrary<Piece> {
  const spelt = (value: bigint): [string, string][] =>
    [`${value}`, `0x${value.toString(16)}`, `0${value.toString(8)}`].map((text) => [text, text]);
  return fc
    .bigInt(0n, (1n << BigInt(bits)) - 1n)
    .chain((value) => fc.constantFrom(...spelt(value)).map(([text]) => ({ text, value })))
    .map((value) => ({ written: [value.text], expected: { name, value } }));
}

const hex = fc.stringMatching(/^[0-9a-fA-F]{1,64}$/);
const key = (name: string): fc.Arbitrary<Piece> =>
  hex.chain((digits) =>
    fc.integer({ min: digits.length * 4 - 3, max: digits.length * 4 }).map((bits) => {
      const bytes = Uint8Array.from(
        Buffer.from(digits.padEnd(digits.length + (digits.length % 2), "0"), "hex"),
      );
      bytes[bytes.length - 1]! &= 0xff << ((8 - (bits % 8)) % 8);
      const value = { bits, bytes, digits: digits.length };
      return { written: [`${digits}/${bits}`], expected: { name, value } };
    }),
  );

/** An attribute of that word with a value. */
function piece(text: string): fc.Arbitrary<Piece> {
  const row = rows.get(text)!;
  const { name } = row;
  switch (row.takes) {
    case "number":
      return number(name, row.bits);
    case "state":
      return fc
        .constantFrom(["larval", 0], ["mature", 1], ["dying", 2], ["dead", 3], ["2", 2])
        .map(([state, code]) => ({
          written: [`${state}`],
          expected: { name, value: { text: state, number: code } },
        }));
    case "algorithm":
      return fc
        .constantFrom("md5", "aes", "SHA-1")
        .map((alg) => ({ written: [alg], expected: { name, value: { text: alg, number: undefined } } }));
    case "address":
      return word
        .filter(({ text: host }) => !host.includes("/"))
        .map(({ text: host, written }) => ({
          written: [written],
          expected: { name, family: row.family, value: { text: host, prefix: undefined } },
        }));
    case "key":
      return key(name);
    case "identity":
      return word.map(({ text: value, written }) => ({
        written: ["fqdn", written],
        expected: { name, type: { text: "fqdn", number: 2 }, value },
      }));
    case "text":
      return fc.constantFrom("udp", "udp4").map((value) => ({ written: [value], expected: { name, value } }));
    default:
      return fc.constant({ written: [], expected: { name } });
  }
}

const attribute = fc
  .constantFrom(...attributeWords.filter((text) => rows.get(text)!.takes !== "rejected"))
  .chain((text) => piece(text).map(({ written, expected }) => ({ written: [text, ...written], expected })));

const command = fc.record({
  verb: fc.constantFrom("add", "update", "update-pair"),
  type: fc.constantFrom(["ah", 2], ["ESP", 3], ["0x7", 7]),
  attributes: fc.array(attribute, { maxLength: 12 }),
});

const gap = fc.constantFrom(" ", "  ", "\t", " \\\n", " \\\n    ");
/** Only the default face takes it; a word that is a verb must not stand behind it. */
const looseGap = fc.constantFrom(" ", "\n  ", "\n    # a comment\n  ");
const verbs = /^"?(?:add|update|delete|get|flush|dump|monitor|quit|exit|save|help|load|\?)/;

function print(words: readonly string[], gaps: readonly string[], loose: boolean): string {
  const between = (next: string, i: number) =>
    loose && (verbs.test(next) || /^"?#/.test(next)) ? " " : gaps[i % gaps.length]!;
  return `${words.map((next, i) => (i === 0 ? "" : between(next, i)) + next).join("")}\n`;
}

/** What must come back, without places and problems. */
const core = (found: Attribute, expected: Record<string, unknown>) =>
  Object.fromEntries(Object.keys(expected).map((name) => [name, found[name as keyof Attribute]]));

describe.each([
  ["illumos", gap, "illumos"],
  ["default", gap, undefined],
  ["default, without backslashes", looseGap, undefined],
] as const)("%s", (_, between, compat) => {
  test.prop([fc.array(command, { minLength: 1, maxLength: 4 }), fc.array(between, { minLength: 1 })], {
    numRuns: 200,
  })("a command that is printed comes back", (written, gaps) => {
    const text = written
      .map(({ verb, type, attributes }) =>
        print([verb, `${type[0]}`, ...attributes.flatMap((one) => one.written)], gaps, between === looseGap),
      )
      .join("");
    const found = [...readCommands([text], { compat, origin: "file" })];
    expect(found.map(({ kind }) => kind)).toEqual(written.map(({ verb }) => verb));
    for (const [i, one] of found.entries()) {
      if (!("attributes" in one)) throw new Error(one.kind);
      const { type, attributes } = written[i]!;
      expect(one.saType?.value).toBe(type[1]);
      const wanted = attributes.map(({ expected }) => expected);
      if (compat === undefined) expect(one.problems).toEqual([]);
      // Illumos takes no numbers for states: the name still comes back.
      const cores = one.attributes.map((attribute, j) => core(attribute, wanted[j]!));
      expect(cores).toEqual(compat === undefined ? wanted : wanted.map(withoutNumericState));
      expect([...attributesFrom(one.tokens, 2, one.kind, { compat })]).toEqual(one.attributes);
    }
  });
});

function withoutNumericState(expected: Record<string, unknown>): Record<string, unknown> {
  const value = expected["value"] as { text: string } | undefined;
  if (expected["name"] !== "state" || value?.text !== "2") return expected;
  return { ...expected, value: { text: "2", number: undefined } };
}

/** Texts near the language: words of it, quotes, line ends, backslashes and any other characters. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        " ",
        "\n",
        "\\\n",
        '"',
        "#",
        "\t",
        "/",
        "0x",
        "-1",
        "add",
        "get",
        "esp",
        "flush",
        "save",
      ),
      fc.constantFrom(...attributeWords),
      fc.string({
        unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
        maxLength: 8,
      }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(""));

const faces = fc.record(
  { compat: fc.constant("illumos" as const), origin: fc.constantFrom("file" as const, "prompt" as const) },
  { requiredKeys: ["origin"] },
);

/** Every place of a command is in the text. */
function placesOf({ tokens, problems }: Command): { line: number; column: number }[] {
  return [...tokens.map(({ position }) => position), ...problems];
}

test.prop([anyText, faces], { numRuns: 500, examples: [['spi"\\\n', { origin: "file" }]] })(
  "any text can be read",
  (text, options) => {
    const lines = text.split("\n").map((line) => line.length);
    for (const found of readCommands([text], options)) {
      for (const { line, column } of placesOf(found)) {
        expect(column).toBeLessThanOrEqual((lines[line - 1] ?? -1) + 1);
      }
      expect(found.lastLine).toBeGreaterThanOrEqual(found.position.line);
    }
  },
);

test.prop([anyText, faces, fc.integer({ min: 1, max: 5 })], { numRuns: 200 })(
  "a file reads the same in pieces of any size",
  (text, { compat }, size) => {
    const chunks = text.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
    expect([...readCommands(chunks, { compat })]).toEqual([...readCommands([text], { compat })]);
  },
);
