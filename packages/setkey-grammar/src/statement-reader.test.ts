import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createStatementReader,
  interactiveStatements,
  parseScript,
  parseStatement,
  SetkeySyntaxError,
  STATEMENT_LIMIT,
  type Statement,
  StatementTooLongError,
} from "./index.ts";

const script = `#!/usr/sbin/setkey -f
# all; of "it
flush; spdflush;
add 10.0.0.1 10.0.0.2 esp 300 # in between; "
  -E des-cbc "a;b#c
d" ; dump
esp;
spdadd A B any -P out ipsec esp/transport//use
  ah/transport//use;# end`;

const kinds = (statements: Iterable<Statement>): string[] => [...statements].map(({ kind }) => kind);

describe("a text in pieces", () => {
  it("means what it means in one piece, wherever it is cut", () => {
    const whole = [...parseScript([script])];
    expect(kinds(whole)).toEqual(["flush", "spdflush", "add", "dump", "spdadd"]);
    fc.assert(
      fc.property(fc.array(fc.nat(script.length), { maxLength: 40 }), (cuts) => {
        const ends = [...cuts, script.length].sort((a, b) => a - b);
        const pieces = ends.map((end, i) => script.slice(ends[i - 1] ?? 0, end));
        expect([...parseScript(pieces)]).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });

  it("means the same character by character", () => {
    expect([...parseScript(script)]).toEqual([...parseScript([script])]);
  });

  it("knows where each statement stands, offsets over all pieces", () => {
    for (const { position, tokens } of parseScript(["\nfl", "ush;\r\n\r\n ", "dump ; spdd", "ump;"])) {
      expect(tokens[0]?.position).toEqual(position);
    }
    const positions = [...parseScript(["\nfl", "ush;\r\n\r\n ", "dump ; spdd", "ump;"])].map(
      ({ position }) => position,
    );
    expect(positions).toEqual([
      { line: 2, column: 1, offset: 1 },
      { line: 4, column: 2, offset: 12 },
      { line: 4, column: 9, offset: 19 },
    ]);
  });
});

describe("scripts", () => {
  it.each([
    ["", []],
    ["  # nothing\n", []],
    ["flush", SetkeySyntaxError],
    ["flush;", ["flush"]],
    ["flush; exit; bogus", ["flush", "exit"]],
    ["quit;;", ["exit"]],
    ["flush; bogus; dump;", SetkeySyntaxError],
  ])("%j", (text, outcome) => {
    if (Array.isArray(outcome)) expect(kinds(parseScript([text]))).toEqual(outcome);
    else expect(() => kinds(parseScript([text]))).toThrow(outcome);
  });

  it("are read no further than asked for", () => {
    const read: number[] = [];
    function* chunks() {
      for (let i = 0; ; i += 1) {
        read.push(i);
        yield "flush; dump;";
      }
    }
    const statements = parseScript(chunks());
    expect([statements.next(), statements.next(), statements.next()].map(({ value }) => value?.kind)).toEqual(
      ["flush", "dump", "flush"],
    );
    expect(read).toEqual([0, 1]);
  });
});

describe("a terminal", () => {
  it("is told what is unfinished", () => {
    const reader = createStatementReader();
    const unfinished = (text: string) => {
      reader.push(text);
      while (reader.next() !== undefined);
      return reader.unfinished;
    };
    expect(unfinished("  \n")).toBeUndefined();
    expect(unfinished("# a comment")).toBeUndefined();
    expect(unfinished(" goes on\n")).toBeUndefined();
    expect(unfinished("add A B\n")).toBe("statement");
    expect(unfinished('esp 1 # comment "\n')).toBe("statement");
    expect(unfinished('-E des-cbc "')).toBe("quoted string");
    expect(unfinished("a;b\n")).toBe("quoted string");
    expect(unfinished('"')).toBe("statement");
    expect(unfinished(";")).toBeUndefined();
  });

  it("goes on behind the wrong statement", () => {
    const reader = createStatementReader();
    reader.push('bogus "a;b" # c;\n; flush; add A B -P x; dump\n');
    expect(() => reader.next()).toThrow(SetkeySyntaxError);
    expect(reader.next()?.position).toEqual({ line: 2, column: 3, offset: 19 });
    expect(() => reader.next()).toThrow(SetkeySyntaxError);
    expect(reader.next()).toBeUndefined();
    expect(reader.unfinished).toBe("statement");
    reader.push(";");
    expect(reader.next()?.kind).toBe("dump");
  });
});

describe("a statement that does not end", () => {
  const endless = (piece: string) => {
    let pieces = 0;
    function* chunks() {
      for (yield "flush; "; ; pieces += 1) yield piece;
    }
    const seen: string[] = [];
    expect(() => {
      for (const { kind } of parseScript(chunks())) seen.push(kind);
    }).toThrow(StatementTooLongError);
    expect(seen).toEqual(["flush"]);
    expect(pieces * piece.length).toBeLessThan(STATEMENT_LIMIT + 2 * piece.length);
  };
  it.each([
    ["a word", "x".repeat(65536)],
    ["words", "add "],
    ["a quoted string", '"\n'],
    ["comments", "a # x\n"],
  ])("of %s", (_, piece) => endless(piece));

  it("is refused with its place; a long comment between statements is not", () => {
    const comment = `#${"c".repeat(65535)}`;
    const chunks = [...Array<string>(32).fill(comment), "\n flush;\n ", "x".repeat(STATEMENT_LIMIT + 1)];
    const statements = parseScript(chunks);
    expect(statements.next().value?.kind).toBe("flush");
    expect(() => statements.next()).toThrow(
      expect.objectContaining({ position: { line: 3, column: 2, offset: 32 * 65536 + 10 } }),
    );
  });

  it("is refused at ipsec-tools' prompt too", () => {
    const lines = Array<string>(17).fill("x".repeat(65536));
    expect(() => [...interactiveStatements(lines)]).toThrow(StatementTooLongError);
    expect(() => parseStatement("x".repeat(STATEMENT_LIMIT + 1))).toThrow(StatementTooLongError);
  });

  it("of just that length is read", () => {
    const flush = `flush${" ".repeat(STATEMENT_LIMIT - 6)};`;
    expect(kinds(parseScript([flush]))).toEqual(["flush"]);
  });
});

describe("ipsec-tools' prompt", () => {
  // biome-ignore format: one row a line
  it.each([
    { lines: ["flush;"], statements: ["flush;"] },
    { lines: ["flush", "esp", ";"], statements: ["flush esp ;"] },
    { lines: ["flush; dump;exit ; "], statements: ["flush;", " dump;", "exit ;"] },
    { lines: ["# c", "", "flush # c", "#", "; dump"], statements: ["flush  ;"] },
    { lines: ['add A "a#b";', '";'], statements: ['add A "a ";'] },
    { lines: ['add A "a;b";'], statements: ['add A "a;', 'b";'] },
    { lines: [`a${" ".repeat(2000)}`, ";"], statements: [`a${" ".repeat(2000)} ;`] },
  ])("makes $statements of $lines", ({ lines, statements }) => {
    expect([...interactiveStatements(lines)]).toEqual(statements);
  });

  function prompt(...lines: string[]): string[] {
    const reader = createStatementReader({ compat: "ipsec-tools", firstLine: 0, separateTexts: true });
    return [...interactiveStatements(lines)].map((text) => {
      reader.push(text);
      try {
        const statement = reader.next();
        if (statement === undefined) return "nothing";
        if ("policy" in statement && "problem" in statement.policy.value) {
          reader.refused(statement.tokens[statement.policy.token]!);
          return statement.policy.value.message;
        }
        return statement.kind;
      } catch (error) {
        if (!(error instanceof SetkeySyntaxError)) throw error;
        return `line ${error.scannerLine}: ${error.fatal ? "Syntax" : "syntax"} error at [${error.at}]`;
      }
    });
  }

  it.each([
    {
      name: "goes on with the next text, all on line 0",
      lines: ["bogus 1 2 3;", "add 1 2 3;", "get A B esp 5;"],
      told: ["line 0: syntax error at [bogus]", "line 0: syntax error at [1]", "get"],
    },
    {
      name: "cuts a quoted string at its `;` and at its `#`",
      lines: ['add A B esp 5 -E des-cbc "a;b";', 'add A B esp 5 -E des-cbc "a#b";', "flush;"],
      told: ['line 0: Syntax error at ["]', "line 0: syntax error at [b]", 'line 0: Syntax error at ["]'],
    },
    {
      name: "stays in the state in which a name of no algorithm left it",
      lines: ["add A B esp 5 -E rot13 0x01;", "add A B esp 5 -E null;"],
      told: ["line 0: syntax error at [rot13]", "add"],
    },
    {
      name: "takes all for a policy after a wrong one, until it scans a `;`",
      lines: ["spdadd A B any -P sideways;", "flush;", "dump esp;", ";", "flush;"],
      told: [
        "Invalid argument",
        "line 0: syntax error at [flush]",
        "line 0: syntax error at [dump esp]",
        "line 0: syntax error at [;]",
        "flush",
      ],
    },
  ])("$name", ({ lines, told }) => {
    expect(prompt(...lines)).toEqual(told);
  });
});
