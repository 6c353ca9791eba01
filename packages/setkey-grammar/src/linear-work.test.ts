import nearley from "nearley";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createStatementReader, parsePolicy, parseStatement, STATEMENT_LIMIT } from "./index.ts";
import { createStatementCutter } from "./statement-cutter.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** How many states nearley makes on the way, whatever comes of it. */
function parserSteps(run: () => unknown): number {
  const grammar = nearley.Grammar.fromCompiled({
    ParserStart: "s",
    ParserRules: [{ name: "s", symbols: [] }],
  });
  const { table } = new nearley.Parser(grammar) as unknown as { table: [object] };
  const column = Object.getPrototypeOf(table[0]) as { complete(): void; predict(): void };
  const spies = [vi.spyOn(column, "complete"), vi.spyOn(column, "predict")];
  try {
    run();
  } catch {
    // Errors are made by the same work.
  }
  const steps = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
  vi.restoreAllMocks();
  return steps;
}

const add = (options: string, end = "-E null;") => `add 10.0.0.1 10.0.0.2 esp 300 ${options} ${end}`;

describe("the parser's work grows with the text and no faster", () => {
  it.each<[string, (n: number) => unknown]>([
    ["address flags", (n) => parseStatement(`get ${"-4 ".repeat(n)} A B 1;`)],
    ["extensions", (n) => parseStatement(add("-u 1 ".repeat(n)))],
    ["extensions before an error", (n) => parseStatement(add("-u 1 ".repeat(n), "-u;"))],
    ["a policy's rules", (n) => parsePolicy(`out ipsec ${"esp/transport//use ".repeat(n)}`)],
    [
      "a policy's rules before an error",
      (n) => parsePolicy(`out ipsec ${"esp/tunnel/::1-::2 ".repeat(n)} x`),
    ],
  ])("%s", (_, run) => {
    const [small, large] = [parserSteps(() => run(100)), parserSteps(() => run(400))];
    expect(small).toBeGreaterThan(100);
    expect(large).toBeLessThan(4.2 * small);
  });

  it("statement after statement", () => {
    const steps = (n: number) =>
      parserSteps(() => {
        const reader = createStatementReader();
        reader.push("flush; bogus; ".repeat(n));
        for (let left = 2 * n; left > 0; left -= 1) {
          try {
            reader.next();
          } catch {
            // Every second one.
          }
        }
      });
    const [small, large] = [steps(100), steps(400)];
    expect(small).toBeGreaterThan(100);
    expect(large).toBeLessThanOrEqual(4 * small);
  });
});

describe("the cutter looks at each character once", () => {
  /** The sum of what is left to look at whenever a search begins. */
  function charactersSearched(text: string, pieceLength: number): number {
    const cutter = createStatementCutter({});
    let searched = 0;
    const exec = RegExp.prototype.exec;
    vi.spyOn(RegExp.prototype, "exec").mockImplementation(function (this: RegExp, input: string) {
      const begin = this.lastIndex;
      const found = exec.call(this, input);
      searched += (found === null ? input.length : found.index + 1) - begin;
      return found;
    });
    for (let i = 0; i < text.length; i += pieceLength) {
      cutter.push(text.slice(i, i + pieceLength));
      while (cutter.next() !== undefined);
    }
    vi.restoreAllMocks();
    return searched;
  }

  it.each([
    ["one statement", `${"x ".repeat(20_000)};`],
    ["a quoted string", `"${"x;#\n".repeat(10_000)}";`],
    ["comments", '# x;"\n'.repeat(7_000)],
    ["statements", "flush;".repeat(7_000)],
    ["comments in a statement", `${'x# x;"\n'.repeat(6_000)};`],
  ])("%s", (_, text) => {
    for (const length of [1, 7, 4096, text.length]) {
      expect(charactersSearched(text, length)).toBeLessThanOrEqual(2 * text.length);
    }
  });
});

describe("tokens of any length are read", () => {
  const long = STATEMENT_LIMIT - 100;
  it.each([
    ["a word", `get ${"a".repeat(long)} B 1;`],
    ["digits", `get A B ${"1".repeat(long)};`],
    ["digits that are no list", `get A B ${"1".repeat(long)}x;`],
    ["a list", `spdadd A B icmp ${"1,".repeat(long / 2)} -P out none;`],
    ["a quoted key", `add A B 1 -E aes-cbc "${"k".repeat(long)}";`],
    ["a hexadecimal key", `add A B 1 -E aes-cbc 0x${"0f".repeat(long / 2)};`],
    ["bare digits that are none", `add A B 1 -E aes-cbc ${"0f".repeat(long / 2)}x;`],
    ["a policy of blanks", `spdadd A B any -P out${" ".repeat(long)};`],
    ["a policy of comments", `spdadd A B any -P out${"#\n".repeat(long / 2)};`],
    ["a policy of one word", `spdadd A B any -P ${"x".repeat(long)};`],
    ["a name of no algorithm", `add A B 1 -E ${"aes-cbc".repeat(long / 7)} "";`],
    ["an unclosed quoted string", `add A B 1 -E aes-cbc "${"k".repeat(long)}`],
  ])("%s", (_, text) => {
    expect(parserSteps(() => parseStatement(text))).toBeLessThan(2000);
  });
});
