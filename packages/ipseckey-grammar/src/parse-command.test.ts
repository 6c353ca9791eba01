import { describe, expect, it } from "vitest";
import { type Command, parseCommand, parseWords, type ReadOptions } from "./index.ts";

const read = (text: string, options: ReadOptions = {}): Command => parseCommand(text, options)!;
const codes = ({ problems }: Command) => problems.map(({ code }) => code);

describe("verbs", () => {
  it.each([
    ["add esp", "add"],
    ["update esp", "update"],
    ["update-pair esp", "update-pair"],
    ["delete esp", "delete"],
    ["delete-pair esp", "delete-pair"],
    ["get esp", "get"],
    ["flush", "flush"],
    ["dump", "dump"],
    ["monitor", "monitor"],
    ["passive_monitor", "passive_monitor"],
    ["pmonitor", "passive_monitor"],
    ["quit", "exit"],
    ["exit", "exit"],
    ["save all", "save"],
    ["help", "help"],
    ["?", "help"],
    ["load file", "load"],
  ])("%s", (text, kind) => {
    expect(read(text)).toMatchObject({ kind, verb: text.split(" ")[0], problems: [] });
  });

  it.each(["Flush", "flus", "add6", "", "constructor"])("not %j", (word) => {
    expect(read(`"${word}" esp`)).toMatchObject({ kind: "unknown", problems: [{ code: "unknown-verb" }] });
  });

  it("load is unknown to illumos, which looks at the type first", () => {
    expect(read("load foo", { compat: "illumos" })).toMatchObject({
      kind: "unknown",
      problems: [{ code: "unknown-sa-type", original: "Unknown SA type (foo).\n", report: "fatal" }],
    });
    expect(parseWords(["load", "foo"], { compat: "illumos" }).problems).toMatchObject([
      { code: "unknown-sa-type", report: "at once" },
      { code: "unknown-verb", original: "Unknown command (load).\n", report: "standard error" },
    ]);
  });
});

describe("types of SA", () => {
  it.each([
    ["all", 0],
    ["ah", 2],
    ["AH", 2],
    ["esp", 3],
    ["3", 3],
    ["0x2", 2],
    ["010", 8],
    ["255", 255],
  ])("%s is %i", (text, value) => {
    expect(read(`flush ${text}`)).toMatchObject({ saType: { value, text, token: 1 }, problems: [] });
  });

  it.each(["foo", "-1", "+3", '""', "256", "3x", "esp\\"])("not %s", (text) => {
    const command = read(`flush ${text}`);
    expect(command).toMatchObject({ saType: { value: undefined }, problems: [{ code: "unknown-sa-type" }] });
  });

  it("an attribute in its place is an attribute", () => {
    const command = read("delete spi 1 dst 192.0.2.2");
    expect(command).toMatchObject({ saType: undefined, attributes: [{ name: "spi" }, { name: "dst" }] });
    expect(codes(command)).toEqual(["missing-sa-type"]);
  });

  it("from the shell illumos goes on with all types", () => {
    const command = parseWords(["flush", "foo"], { compat: "illumos" });
    expect(command).toMatchObject({ saType: { value: 0 }, problems: [{ report: "at once" }] });
    expect(parseWords(["flush", "foo"])).toMatchObject({ saType: { value: undefined } });
  });

  it.each([
    ["add", "Must specify a specific SA type."],
    ["update all", "Must specify a specific SA type."],
    ["delete", "Must specify a single SA type."],
    ["get 0 spi 1", "Must specify a single SA type."],
    ["save", "Must specify a specific SA type for save.\n"],
  ])("%s: %s", (text, original) => {
    expect(read(text, { compat: "illumos", origin: "prompt" }).problems).toMatchObject([
      { original, report: "fatal" },
    ]);
  });
});

describe("other words", () => {
  it.each([
    ["save esp /tmp/snapshot", { file: "/tmp/snapshot" }],
    ["save esp -", { file: "-" }],
    ["save esp", { file: undefined }],
    ['load "a file"', { file: "a file" }],
    ["help attr", { topic: "attr" }],
    ["? flush junk", { topic: "flush" }],
    ["help", { topic: undefined }],
    ["quit now", {}],
  ])("%s", (text, value) => {
    expect(read(text)).toMatchObject({ ...value, problems: [] });
  });

  it.each([
    ["flush esp junk", ["too-many-words"]],
    ["dump esp junk", ["too-many-words"]],
    ["monitor esp", ["too-many-words"]],
    ["save esp a b", ["too-many-words"]],
    ["load a b", ["too-many-words"]],
    ["load", ["missing-file-name"]],
  ])("%s", (text, problems) => {
    expect(codes(read(text))).toEqual(problems);
  });

  it("from the shell illumos flushes all the same", () => {
    const { problems } = parseWords(["flush", "esp", "junk"], { compat: "illumos" });
    expect(problems).toMatchObject([{ original: "Too many arguments for flush command", report: "at once" }]);
  });

  it.each([
    ["dump", "Dump not appropriate in config file.", "fatal"],
    ["save all", "Save not appropriate in config file.", "fatal"],
    ["monitor", "Monitor not appropriate in config file.", "fatal"],
    ["pmonitor", "Monitor not appropriate in config file.", "fatal"],
    ["help", "Help not appropriate in config file.", "silent"],
  ])("%s in a file: in illumos only an error", (text, original, report) => {
    expect(read(text, { compat: "illumos" }).problems).toMatchObject([{ original, report }]);
    expect(read(text, { compat: "illumos", origin: "prompt" }).problems).toEqual([]);
    expect(read(text).problems).toEqual([]);
  });
});

describe("from the shell", () => {
  it.each(["add", "update", "update-pair"])("%s is refused, and its keys are not read", (verb) => {
    const command = parseWords([verb, "esp", "spi", "1", "authkey", "1234"]);
    expect(command).toMatchObject({ kind: verb, attributes: [] });
    expect(command.problems).toMatchObject([{ code: "not-from-shell", report: "ends", token: 0 }]);
  });

  it("words are not cut", () => {
    expect(parseWords(["save", "esp", 'a "file" # name'])).toMatchObject({
      file: 'a "file" # name',
      problems: [],
    });
  });

  it("an empty word is no type", () => {
    expect(codes(parseWords(["flush", ""]))).toEqual(["unknown-sa-type"]);
    expect(parseWords([""])).toMatchObject({
      kind: "unknown",
      problems: [{ original: "Unknown command ().\n" }],
    });
  });
});

describe("problems", () => {
  it("say where, what, what else, and what was meant", () => {
    const { problems } = read("add esp spi 0x2112\n  hard_byte 5 dst x\n");
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      code: "unknown-attribute",
      severity: "error",
      message: 'Unknown extension field "hard_byte". Did you mean hard_bytes?',
      original: 'Unknown extension field "hard_byte" \n',
      line: 2,
      column: 3,
      token: 4,
      found: "hard_byte",
      suggestion: "hard_bytes",
    });
    expect(problems[0]?.expected).toContain("hard_bytes");
  });

  it.each<[text: string, message: string]>([
    ["frob", "Unknown command (frob)."],
    [
      "authalg md5",
      "Unknown command (authalg). A line that goes on with a command is indented, or the line before it ends in a backslash.",
    ],
    ["flish esp", "Unknown command (flish). Did you mean flush?"],
    ["flush eps", "Unknown SA type (eps). Did you mean esp?"],
    ["flush ipcomp", "Unknown SA type (ipcomp). Expected all, ah, esp or a number."],
    ["delete", "Must specify a single SA type: delete ah, esp or a number."],
    [
      "get esp spi",
      "Unexpected end of command line: expected a number (decimal, hexadecimal with 0x, or octal with 0) after spi.",
    ],
    [
      "get esp spi dst x",
      '"dst" found: expected a number (decimal, hexadecimal with 0x, or octal with 0) after spi.',
    ],
    ["get esp spi 12k", 'Expecting a number after spi, not "12k".'],
    ["get esp spi deadbeef", 'Expecting a number after spi, not "deadbeef".'],
    ["get esp spi be02938e7def2839", "Expecting a number after spi, not (key)."],
    ["get esp spi 0xbe02938e7def2839", "Expecting a number of at most 32 bits after spi, not (key)."],
    [
      "get esp spi 10000000000000000",
      'Expecting a number of at most 32 bits after spi, not "10000000000000000".',
    ],
    ["get esp spi 0x100000000", 'Expecting a number of at most 32 bits after spi, not "0x100000000".'],
    ["add esp state MATURE", 'Unknown state type "MATURE". Did you mean mature?'],
    ["add esp state 4", 'Unknown state type "4".'],
    ["add esp dstidtype fqdm x", 'Unknown identity type "fqdm". Did you mean fqdn?'],
    ["add esp dstidtype fqdn", "Unexpected end of command line: expected a name after dstidtype."],
    ["add esp encap tcp", 'Can only specify udp encapsulation, not "tcp".'],
    ["add esp isrc 10.0.0.0/129", 'Invalid prefix "/129".'],
    ["add esp authkey zz", "string (key) is not a hex string."],
    ["add esp authkey 12/x", '"x" is not a bit specifier.'],
    ["add esp authkey 2112/50", "bit length 50 is too big for (key) of 4 digits."],
    ["add esp authkey encralg aes", '"encralg" found: expected a key in hexadecimal digits after authkey.'],
    ["add esp flags 3 spi 1", "Don't use extension flags for add."],
    ["add esp foo bar baz spi 1", 'Unknown extension field "foo".'],
    ["add esp authkey 12 34 spi 1", "Unknown extension field (key)."],
    ["add esp authkey 12 spy 1", 'Unknown extension field "spy". Did you mean spi?'],
    ["add esp authkey 12 dead spi 1", "Unknown extension field (key)."],
    ["add esp authkey 12 3z4 spi 1", "Unknown extension field (key)."],
    ["add esp spi 1 0123456789abcdef", "Unknown extension field (key)."],
    ["0123456789abcdef", "Unknown command (key)."],
    ["flush \u001b[31m", "Unknown SA type (\\u001b[31m). Expected all, ah, esp or a number."],
  ])("%s", (text, message) => {
    expect(read(text).problems.map((problem) => problem.message)).toEqual([message]);
  });

  it.each(["encrkey 0011223344zz", "encrkey 00112233/99", "encrkey 00112233/9", "spi 1 0011223344556677"])(
    "%s: nothing but the command itself shows the key",
    (text) => {
      const { problems } = read(`add esp ${text}`);
      expect(problems).toHaveLength(1);
      expect(JSON.stringify(problems)).not.toContain("00112233");
      expect(JSON.stringify(read(`add esp ${text}`, { compat: "illumos" }).problems)).toContain("00112233");
    },
  );

  it("are all found, in the order of the text", () => {
    const command = read("add eps foo 1 spi 12k encrkey zz label");
    expect(codes(command)).toEqual([
      "unknown-sa-type",
      "unknown-attribute",
      "not-a-number",
      "not-hexadecimal",
      "missing-value",
    ]);
  });

  it("are in illumos what it prints at once, then what it collects", () => {
    const text = "add esp foo encrkey zz state bogus flags authkey yy";
    expect(read(text, { compat: "illumos" }).problems.map(({ original }) => original)).toEqual([
      "string 'zz' not a hex value.\n",
      'Unknown state type "bogus"\n',
      "string 'yy' not a hex value.\n",
      'Unknown extension field "foo" \n',
      "Invalid encryption key.\n",
      "Don't use extension flags for add/update.\n",
      "Invalid authentication key.\n",
    ]);
  });

  it("a fatal one makes illumos forget what it has collected", () => {
    const { problems } = read("add esp foo spi bar baz", { compat: "illumos" });
    expect(problems.map(({ original }) => original)).toEqual(['Expecting a number, not "bar"!\n']);
  });
});

it("gives the whole command", () => {
  expect(read("get esp spi 0x2112\n")).toEqual({
    kind: "get",
    verb: "get",
    position: { line: 1, column: 1, offset: 0 },
    lastLine: 1,
    text: "get esp spi 0x2112\n",
    tokens: [
      { text: "get", position: { line: 1, column: 1, offset: 0 } },
      { text: "esp", position: { line: 1, column: 5, offset: 4 } },
      { text: "spi", position: { line: 1, column: 9, offset: 8 } },
      { text: "0x2112", position: { line: 1, column: 13, offset: 12 } },
    ],
    saType: { value: 3, text: "esp", token: 1 },
    attributes: [
      {
        name: "spi",
        word: "spi",
        token: 2,
        next: 4,
        bits: 32,
        value: { value: 0x2112n, text: "0x2112" },
        problems: [],
      },
    ],
    problems: [],
  });
});

it.each(["", "\n", "  # flush\n", "#", "\t\v\f\r\n"])("%j holds no command", (text) => {
  expect(parseCommand(text)).toBe(undefined);
});
