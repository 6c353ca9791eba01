import fc from "fast-check";
import { expect, it } from "vitest";
import { parseStatement, type Statement, type Token } from "./index.ts";
import { anyStatement } from "./testing/any-statement.ts";
import { printStatement } from "./testing/print-statement.ts";
import { withoutSource } from "./testing/without-source.ts";

/** With 0 for the number of each token. */
function unnumbered(statement: Statement): unknown {
  return mapWords(withoutSource(statement), (word) => ({ ...word, token: 0 }));
}

function mapWords(value: unknown, change: (word: { value: unknown; token: number }) => unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => mapWords(one, change));
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  if ("token" in value) return change(value as { value: unknown; token: number });
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapWords(one, change)]));
}

it("a statement printed and read again is the same", () => {
  fc.assert(
    fc.property(anyStatement, (statement) => {
      expect(unnumbered(parseStatement(printStatement(statement)))).toEqual(statement);
    }),
    { numRuns: 500 },
  );
});

it("each word's number is that of the token that says it", () => {
  fc.assert(
    fc.property(anyStatement, (statement) => {
      const { tokens, ...read } = parseStatement(printStatement(statement));
      mapWords(read, ({ value, token }) => {
        const { text } = tokens[token] as Token;
        if (typeof value === "string") expect(text).toBe(value);
        else if (value === true) expect(["-esn", "packet"]).toContain(text);
        else if (value instanceof Uint8Array) expect(text === "" || text.startsWith("0x")).toBe(true);
        else expect(tokens[token]).toHaveProperty("type", "policy");
        return undefined;
      });
    }),
  );
});

it("the tokens of a statement and the blanks between them are its text", () => {
  fc.assert(
    fc.property(anyStatement, (statement) => {
      const text = printStatement(statement);
      let behind = 0;
      for (const { type, text: part, position } of parseStatement(text).tokens) {
        expect(text.slice(behind, position.offset)).toMatch(/^ *$/);
        const source = type === "quoted" ? `"${part}"` : part;
        expect(text.slice(position.offset, position.offset + source.length)).toBe(source);
        behind = position.offset + source.length;
      }
      expect(behind).toBe(text.length);
    }),
  );
});
