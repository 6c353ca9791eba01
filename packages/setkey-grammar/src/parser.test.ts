import { expect, it } from "vitest";
import { createParser, type Shapes } from "./parser.ts";

const token = (type: string) => ({ type, text: type });
const word = (type: string) => ({ type });
const from = (...types: string[]) => {
  const tokens = types.map(token);
  return () => tokens.shift();
};

const list = createParser<unknown, { type: string; text: string }>({
  ParserStart: "list",
  ParserRules: [
    { name: "list", symbols: ["item", word("end")] },
    { name: "item", symbols: [word("a")] },
    { name: "item", symbols: [{ literal: "b" }] },
    { name: "widerItem", symbols: [word("c")] },
    { name: "item", symbols: ["widerItem"] },
  ],
});

it.each([
  [["a", "end"], { value: [[token("a")], token("end")] }],
  [["a", "x"], { at: token("x"), expected: [{ rule: "list", type: "end" }] }],
  [["a"], { at: undefined, expected: [{ rule: "list", type: "end" }] }],
  [
    [],
    {
      at: undefined,
      expected: [
        { rule: "item", type: "a" },
        { rule: "item", literal: "b" },
        { rule: "widerItem", type: "c" },
      ],
    },
  ],
])("%j", (types, outcome) => {
  expect(list.parse(from(...types))).toEqual(outcome);
});

it("leaves rules out by the beginning of their names", () => {
  const rules = {
    ParserStart: "s",
    ParserRules: [
      { name: "s", symbols: ["wider"] },
      { name: "wider", symbols: [] },
    ],
  };
  expect(createParser(rules).parse(from())).toHaveProperty("value");
  expect(createParser(rules, "wider").parse(from())).toEqual({ at: undefined, expected: [] });
});

it("does not choose between two readings", () => {
  const rules = {
    ParserStart: "s",
    ParserRules: [
      { name: "s", symbols: [word("a")] },
      { name: "s", symbols: [{ literal: "a" }] },
    ],
  };
  expect(() => createParser(rules).parse(from("a"))).toThrow("2 results: expected one");
});

it("hides no error of a rule's own function", () => {
  const rules = {
    ParserStart: "s",
    ParserRules: [
      {
        name: "s",
        symbols: [word("a")],
        postprocess: () => {
          throw new RangeError("mine");
        },
      },
    ],
  };
  expect(() => createParser(rules).parse(from("a"))).toThrow(new RangeError("mine"));
});

it("parses a run again only where one of the same kinds has been parsed", () => {
  const tokens = (...types: string[]) => types.map(token);
  const shapes: Shapes = new Map();
  expect(list.parseAgain(tokens("a", "end"), shapes)).toBeUndefined();
  list.parse(from("a", "end"), shapes);
  const other = [{ ...token("a"), text: "another a" }, token("end")];
  expect(list.parseAgain(other, shapes)).toEqual({ value: [[other[0]], other[1]] });
  expect(list.parseAgain(tokens("b", "end"), shapes)).toBeUndefined();
  expect(list.parseAgain(tokens("a"), shapes)).toBeUndefined();
  expect(list.parseAgain([{ type: "a", text: "b" }, token("end")], shapes)).toBeUndefined();
});

it("does not parse again what an action rejects this time", () => {
  const rules = {
    ParserStart: "s",
    ParserRules: [
      {
        name: "s",
        symbols: [word("a")],
        postprocess: ([{ text }]: [{ text: string }], _: number, reject: object) =>
          text === "bad" ? reject : text,
      },
    ],
  };
  const parser = createParser<string, { type: string; text: string }>(rules);
  const shapes: Shapes = new Map();
  parser.parse(from("a"), shapes);
  expect(parser.parseAgain([{ type: "a", text: "good" }], shapes)).toEqual({ value: "good" });
  expect(parser.parseAgain([{ type: "a", text: "bad" }], shapes)).toBeUndefined();
});
