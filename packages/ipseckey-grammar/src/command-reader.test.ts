import { ipseckeyCase } from "@keysock/goldens";
import { describe, expect, it } from "vitest";
import {
  COMMAND_LIMIT,
  type Command,
  commandReader,
  type ReadOptions,
  readCommands,
  TOKEN_LIMIT,
} from "./index.ts";

/** The words of the commands of a text, and the codes of their problems. */
function read(text: string, options: ReadOptions = {}): string[] {
  return [...readCommands([text], options)].map(({ tokens, problems }) =>
    [...tokens.map((token) => token.text), ...problems.map(({ code }) => `!${code}`)].join(" "),
  );
}

interface Row {
  name: string;
  text: string;
  commands: string[];
  /** Where illumos differs. */
  illumos?: string[];
}

const rows: Row[] = [
  { name: "lines", text: "flush ah\nflush esp\n", commands: ["flush ah", "flush esp"] },
  { name: "blank lines", text: "\n  \n\t\nflush\n\n", commands: ["flush"] },
  { name: "CRLF", text: "flush ah\r\nflush esp\r\n", commands: ["flush ah", "flush esp"] },
  { name: "a last line without its end", text: "flush ah\nflush esp", commands: ["flush ah", "flush esp"] },
  { name: "comments", text: "# a\n  ## b\nflush ah\n#c", commands: ["flush ah"] },
  {
    name: "no comment behind a command",
    text: "flush esp # all\n",
    commands: ["flush esp # all !too-many-words"],
  },
  { name: "a backslash", text: "flush \\\nesp\n", commands: ["flush esp"] },
  {
    name: "a backslash cuts words",
    text: "flush es\\\np\n",
    commands: ["flush es p !unknown-sa-type"],
  },
  {
    name: "two backslashes",
    text: "flush \\\\\nesp\n",
    commands: ["flush \\ esp !unknown-sa-type"],
  },
  {
    name: "a backslash before a blank line",
    text: "flush \\\n\nflush ah\n",
    commands: ["flush", "flush ah"],
  },
  {
    name: "a comment with a backslash swallows a line",
    text: "# a \\\nflush esp\nflush ah\n",
    commands: ["flush ah"],
  },
  {
    name: "a backslash before a comment",
    text: "flush \\\n# hi\n",
    commands: ["flush # hi !unknown-sa-type"],
  },
  {
    name: "a comment below nothing but a backslash",
    text: "\\\n# flush\nflush ah\n",
    commands: ["flush ah"],
  },
  {
    name: "blanks behind a backslash",
    text: "flush \\ \nesp\n",
    commands: ["flush esp"],
    illumos: ["flush \\ !unknown-sa-type", "esp !unknown-verb"],
  },
  {
    name: "a carriage return behind a backslash",
    text: "flush \\\r\n esp\r\n",
    commands: ["flush esp"],
    illumos: ["flush \\ !unknown-sa-type", "esp !unknown-verb"],
  },
  {
    name: "a backslash and no line behind it",
    text: "flush ah\nflush \\\n",
    commands: ["flush ah", "flush !unfinished-line"],
    illumos: ["flush ah"],
  },
  {
    name: "a backslash at the very end",
    text: "flush esp\\",
    commands: ["flush esp !unfinished-line"],
    illumos: ["flush esp\\ !unknown-sa-type"],
  },
  {
    name: "indented lines",
    text: "flush\n  esp\nget esp\n\tspi 1\n dst x\nflush ah\n",
    commands: ["flush esp", "get esp spi 1 dst x", "flush ah"],
    illumos: [
      "flush",
      "esp !unknown-verb",
      "get esp",
      "spi 1 !unknown-verb",
      "dst x !unknown-sa-type",
      "flush ah",
    ],
  },
  { name: "an indented verb", text: "flush ah\n  flush esp\n", commands: ["flush ah", "flush esp"] },
  {
    name: "an indented verb in quotes",
    text: 'flush ah\n  "flush" esp\n',
    commands: ["flush ah", "flush esp"],
  },
  {
    name: "an indented line that belongs to nothing",
    text: "  esp\n",
    commands: ["esp !unknown-verb"],
  },
  {
    name: "an indented line behind a blank one",
    text: "flush\n\n  esp\n",
    commands: ["flush", "esp !unknown-verb"],
  },
  {
    name: "an indented line behind a comment that is not indented",
    text: "flush ah\n# get esp\n  spi 1\n",
    commands: ["flush ah", "spi 1 !unknown-verb"],
  },
  {
    name: "an indented comment between the lines of a command",
    text: "get esp\n  # the SPI \\\n  of the peer\n  spi 1\nflush\n",
    commands: ["get esp spi 1", "flush"],
    illumos: ["get esp", "spi 1 !unknown-verb", "flush"],
  },
  {
    name: "indented and joined",
    text: "get esp \\\nspi 1\n  dst \\\n x\n",
    commands: ["get esp spi 1 dst x"],
    illumos: ["get esp spi 1", "dst x !unknown-sa-type"],
  },
  { name: "nothing behind exit", text: "flush ah\nquit\nflush esp\n", commands: ["flush ah", "quit"] },
  { name: "nothing", text: "", commands: [] },
];

describe.each(rows)("$name", ({ text, commands, illumos = commands }) => {
  it.each([1, 2, 3, 1000])("in pieces of %i", (size) => {
    const chunks = text.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
    expect([...readCommands(chunks)]).toEqual([...readCommands([text])]);
    expect([...readCommands(chunks, { compat: "illumos" })]).toEqual([
      ...readCommands([text], { compat: "illumos" }),
    ]);
  });

  it("by default", () => {
    expect(read(text)).toEqual(commands);
  });

  it("as illumos reads it", () => {
    expect(read(text, { compat: "illumos" })).toEqual(illumos);
  });
});

it("illumos' prompt never sees a last line without its end", () => {
  expect(read("flush ah\nflush esp", { compat: "illumos", origin: "prompt" })).toEqual(["flush ah"]);
  expect(read("flush ah\nflush esp", { origin: "prompt" })).toEqual(["flush ah", "flush esp"]);
});

describe("an empty line at illumos' prompt is a command", () => {
  const rows: [name: string, text: string, kinds: string[]][] = [
    ["empty", "\n", ["blank"]],
    ["between commands", "flush\n\n\nflush\n", ["flush", "blank", "blank", "flush"]],
    ["of blanks", " \t\r\n", ["blank"]],
    ["behind a backslash", "\\\n\n", ["blank"]],
    ["a comment is none", "# a\n  # b\nflush\n", ["flush"]],
    ["the end of the text is none", "flush\n  ", ["flush"]],
  ];

  it.each(rows)("%s", (_, text, kinds) => {
    const read = (options: ReadOptions) => [...readCommands([text], options)].map(({ kind }) => kind);
    const commands = kinds.filter((kind) => kind !== "blank");
    expect(read({ compat: "illumos", origin: "prompt" })).toEqual(kinds);
    expect(read({ compat: "illumos", origin: "file" })).toEqual(commands);
    expect(read({ origin: "prompt" })).toEqual(commands);
  });

  it("with its place", () => {
    expect([...readCommands(["# a\n\n"], { compat: "illumos", origin: "prompt" })]).toEqual([
      {
        kind: "blank",
        verb: "",
        position: { line: 2, column: 1, offset: 4 },
        lastLine: 2,
        text: "\n",
        tokens: [],
        problems: [],
      },
    ]);
  });
});

describe("places", () => {
  const text = "# one\n\n  get esp \\\n    spi 1\n    # two\n    dst\tx\n\nflush\n";
  const [get, flush] = readCommands([text]) as unknown as [Command, Command];

  it("of the command", () => {
    expect([get.position, get.lastLine]).toEqual([{ line: 3, column: 3, offset: 9 }, 6]);
    expect([flush.position, flush.lastLine]).toEqual([
      { line: 8, column: 1, offset: text.indexOf("flush") },
      8,
    ]);
  });

  it("of its words", () => {
    for (const { text: word, position } of get.tokens) {
      const { line, column, offset } = position;
      expect(text.slice(offset, offset + word.length)).toBe(word);
      expect(text.split("\n")[line - 1]!.slice(column - 1, column - 1 + word.length)).toBe(word);
    }
  });

  it("in the text, which is joined as illumos joins it", () => {
    expect(get.text).toBe("  get esp  \n    spi 1\n         \n    dst\tx\n");
  });
});

describe("limits of illumos", () => {
  const line = (length: number) => `#${"x".repeat(length - 2)}\nflush\n`;

  it.each(["f-line-4093", "f-line-4094", "f-line-5000", "f-joined-4100", "i-joined-4100"])("%s", (name) => {
    const { stdin, files, stdout } = ipseckeyCase(name);
    const origin = name.startsWith("f") ? "file" : "prompt";
    const commands = [...readCommands([stdin || files.get("input")!.content], { compat: "illumos", origin })];
    const said = /ipseckey: (Line.*|Command.*)\n/.exec(stdout)?.[1];
    expect(commands[0]?.kind).toBe(said === undefined ? "flush" : "unread");
    expect(commands[0]?.problems[0]?.original).toBe(said);
    expect(commands[0]?.problems[0]?.report).toBe(said === undefined ? undefined : "ends");
  });

  it("the prompt skips a line that is too long", () => {
    expect(read(line(4095), { compat: "illumos", origin: "prompt" })).toEqual(["flush"]);
    const [long, flush] = readCommands([line(4096)], { compat: "illumos", origin: "prompt" });
    expect(long?.problems).toMatchObject([
      { original: "Line too long (max=4096 chars)", report: "standard error", line: 1, column: 1 },
    ]);
    expect(flush?.kind).toBe("flush");
  });

  it("4095 bytes of joined lines", () => {
    const joined = (length: number) => `flush ah${" ".repeat(1000)}\\\n${" ".repeat(length - 1011)}\n`;
    expect(joined(4095)).toHaveLength(4095);
    expect(read(joined(4095), { compat: "illumos" })).toEqual(["flush ah"]);
    expect(read(joined(4096), { compat: "illumos" })).toEqual(["!too-long"]);
  });
});

describe("limits by default", () => {
  const long = (length: number) => `flush ah${" ".repeat(length - 9)}\n`;

  it.each([
    ["a line", long],
    ["joined lines", (length: number) => `flush \\\n${" ".repeat(length - 11)}ah\n`],
    ["indented lines", (length: number) => `flush\n${" ".repeat(length - 9)}ah\n`],
  ])("the length of %s", (_, text) => {
    expect(read(text(COMMAND_LIMIT))).toEqual(["flush ah"]);
    expect(read(`dump\n${text(COMMAND_LIMIT + 1)}dump\n`)).toEqual(["dump", "!too-long", "dump"]);
  });

  it("what is left of a command that is too long is skipped", () => {
    const text = `flush \\\n${" ".repeat(COMMAND_LIMIT)}\\\nflush \\\nflush\ndump\n`;
    expect(read(text)).toEqual(["!too-long", "dump"]);
  });

  it("the number of words", () => {
    expect(read(`get esp${" a".repeat(TOKEN_LIMIT - 2)}\n`)[0]).toMatch(/^get esp a a/);
    expect(read(`get esp${" a".repeat(TOKEN_LIMIT - 1)}\nflush\n`)).toEqual(["!too-many-tokens", "flush"]);
  });
});

describe("a prompt", () => {
  it("does not wait for a line that may go on with a whole command", () => {
    const reader = commandReader({ origin: "prompt" });
    reader.push("flush\n");
    expect(reader.next()?.kind).toBe("flush");
    expect(reader.next()).toBe(undefined);
    expect(reader.lacking).toBe(undefined);
  });

  it("takes lines that are already there to the command before them", () => {
    const reader = commandReader({ origin: "prompt" });
    reader.push("get esp spi 1 dst x\n  sport 5\n");
    expect(reader.next()?.tokens).toHaveLength(8);
  });

  it("waits while a command lacks something", () => {
    const reader = commandReader({ origin: "prompt" });
    reader.push("get esp\n");
    expect([reader.next(), reader.lacking]).toEqual([undefined, ["spi", "dst"]]);
    reader.push("  spi\n");
    expect(reader.next()).toBe(undefined);
    expect(reader.lacking).toEqual(["a number (decimal, hexadecimal with 0x, or octal with 0)"]);
    reader.push("  1\n  dst x");
    expect([reader.next(), reader.lacking]).toEqual([undefined, ["dst"]]);
    reader.push("\n");
    expect(reader.next()).toMatchObject({ kind: "get", problems: [] });
  });

  it.each(["\n", "flush\n", "# that is all\n"])("waits no longer behind %j", (text) => {
    const reader = commandReader({ origin: "prompt" });
    reader.push("get esp\n");
    expect(reader.next()).toBe(undefined);
    reader.push(text);
    expect(reader.next()?.kind).toBe("get");
  });

  it("does not wait for what no line can mend", () => {
    const reader = commandReader({ origin: "prompt" });
    reader.push("get esp spi 12k\n");
    expect(reader.next()?.problems).toHaveLength(1);
  });

  it("waits behind a backslash", () => {
    const reader = commandReader({ origin: "prompt" });
    reader.push("flush \\\n");
    expect([reader.next(), reader.lacking]).toEqual([undefined, undefined]);
    reader.push("esp\n");
    expect(reader.next()?.tokens).toHaveLength(2);
  });

  it("does not wait for ever", () => {
    const reader = commandReader({ origin: "prompt" });
    reader.push("get esp\n");
    for (let i = 0; i < 255; i += 1) {
      expect(reader.next()).toBe(undefined);
      reader.push("  # wait\n");
    }
    expect(reader.next()).toMatchObject({ kind: "get", lastLine: 256 });
  });

  it("of illumos never waits but behind a backslash", () => {
    const reader = commandReader({ origin: "prompt", compat: "illumos" });
    reader.push("get esp\n");
    expect(reader.next()?.kind).toBe("get");
  });

  it("gives what waits when no more comes", () => {
    const reader = commandReader({ origin: "prompt" });
    reader.push("get esp\n");
    expect(reader.next()).toBe(undefined);
    reader.end();
    expect(reader.next()?.kind).toBe("get");
    expect(reader.next()).toBe(undefined);
  });
});

it("a file is read one line ahead", () => {
  const reader = commandReader();
  reader.push("flush\n");
  expect(reader.next()).toBe(undefined);
  reader.push("dump\n");
  expect(reader.next()?.kind).toBe("flush");
  expect(reader.next()).toBe(undefined);
});
