import { describe, expect, it } from "vitest";
import { classifyCommand } from "./classify.ts";
import { COMMAND_LIMIT, commandReader, readCommands, TOKEN_LIMIT } from "./index.ts";
import compiled from "./ipseckey.generated.ts";
import { createParser } from "./parser.ts";

/** How many rules the parser finishes for these words. */
function steps(words: readonly string[], original: boolean): number {
  let count = 0;
  interface Rule {
    postprocess?: (...parts: unknown[]) => unknown;
  }
  const counted = (compiled as { ParserRules: Rule[] }).ParserRules.map((rule) => ({
    ...rule,
    postprocess: (...parts: unknown[]) => {
      count += 1;
      return rule.postprocess?.(...parts) ?? parts[0];
    },
  }));
  const tokens = words.map((text) => ({ text, position: { line: 1, column: 1, offset: 0 } }));
  const classified = classifyCommand(tokens, { original, origin: "prompt" });
  const parser = createParser({ ...compiled, ParserRules: counted });
  const outcome = parser.parse(() => classified.next().value ?? undefined);
  expect(outcome).toHaveProperty("value");
  return count;
}

describe.each([
  ["attributes", ["add", "esp"], ["spi", "1"]],
  ["identities", ["add", "esp"], ["srcidtype", "fqdn", "x"]],
  ["unknown words", ["add", "esp"], ["x"]],
  ["rejected attributes", ["get", "esp"], ["flags"]],
  ["missing values", ["add", "esp"], ["spi"]],
  ["surplus words", ["flush", "esp"], ["x"]],
  ["words behind no verb", ["frob"], ["x"]],
])("%s", (_, start, unit) => {
  it.each([false, true])("take time that grows with their number (illumos: %s)", (original) => {
    const of = (count: number) =>
      steps([...start, ...Array.from({ length: count }, () => unit).flat()], original);
    const once = of(1000) - of(500);
    expect(of(2000) - of(1500)).toBe(once);
    expect(once).toBeLessThan(500 * 12);
  });
});

// Each of these takes minutes if the time grows with the square of the length.
describe("a text as long as the limit", () => {
  const endless = COMMAND_LIMIT * 2;

  it("in single bytes", () => {
    const reader = commandReader();
    let found = 0;
    for (let i = 0; i < endless; i += 1) {
      reader.push("x");
      if (reader.next() !== undefined) found += 1;
    }
    expect(found).toBe(0);
    reader.end();
    expect(reader.next()).toMatchObject({ kind: "unread", problems: [{ code: "too-long" }] });
    expect(reader.next()).toBe(undefined);
  });

  it.each<[name: string, text: string, kinds: string[]]>([
    ["blanks", " ".repeat(endless), ["unread"]],
    ["backslashes", "\\".repeat(COMMAND_LIMIT), ["unknown"]],
    ["backslashes and line ends", "\\\n".repeat(endless / 2), ["unread"]],
    ["blank lines", "\n".repeat(endless), []],
    ["indented comments", `flush\n${"  #\n".repeat(COMMAND_LIMIT / 4 - 2)}`, ["flush"]],
    ["quotes", `${'"'.repeat(COMMAND_LIMIT - 1)}\n`, ["unknown"]],
    ["glued quotes", `${'a"'.repeat(COMMAND_LIMIT / 2 - 1)}\n`, ["unknown"]],
    ["an open quote", `flush "${"x ".repeat(COMMAND_LIMIT / 2 - 4)}\n`, ["flush"]],
    ["one word", `flush ${"x".repeat(COMMAND_LIMIT - 7)}\n`, ["flush"]],
    ["one number", `get esp spi ${"9".repeat(COMMAND_LIMIT - 13)}\n`, ["get"]],
    ["one prefix length", `add esp isrc /${"9".repeat(COMMAND_LIMIT - 15)}\n`, ["add"]],
    ["one key", `add esp authkey ${"f".repeat(COMMAND_LIMIT - 17)}\n`, ["add"]],
    ["one bit count", `add esp authkey f/${"9".repeat(COMMAND_LIMIT - 19)}\n`, ["add"]],
    ["words", `get esp${" x".repeat(TOKEN_LIMIT - 2)}\n`, ["get"]],
    ["near misses", `get esp${" spy sport".repeat(TOKEN_LIMIT / 2 - 1)}\n`, ["get"]],
  ])("%s", (_, text, kinds) => {
    expect([...readCommands([text])].map(({ kind }) => kind)).toEqual(kinds);
  });
});
