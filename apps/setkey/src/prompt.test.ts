import { tableHost } from "@keysock/host";
import { STATEMENT_LIMIT } from "@keysock/setkey-grammar";
import { decode, encode, linux, request } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { run } from "./run.ts";
import { begin, ctrl, ended } from "./testing/at-prompt.ts";
import { testIo } from "./testing/test-io.ts";

const enter = "\r";
const esp = "add 10.0.0.1 10.0.0.2 esp 0x1000";
const ah = "add 10.0.0.1 10.0.0.2 ah 0x1000";

describe("a prompt", () => {
  it.each<[name: string, keys: string[], screen: string, exit: number]>([
    ["^D ends it", [], "setkey>\n", 0],
    [
      "nothing and comments are no statements",
      [enter, "# flush;\r"],
      "setkey>\nsetkey> # flush;\nsetkey>\n",
      0,
    ],
    [
      "what a statement says stands before the next prompt",
      ["dump;\r", "flush; spddump;\r"],
      `setkey> dump;
The result of line 1: No SAD entries.
setkey> flush; spddump;
The result of line 2: No SPD entries.
setkey>
`,
      0,
    ],
    [
      "what is wrong or refused does not end it",
      ["$; bogus; dump;\r", "delete 10.0.0.1 10.0.0.2 esp 0x1000;\r", `${esp} -E aes-cbc "SECRET";\r`],
      `setkey> $; bogus; dump;
line 1: Syntax error at [$]
<stdin>:1:1: "$" found: expected STATEMENTS
    $
    ^
line 1: syntax error at [bogus]
<stdin>:1:4: "bogus" found: expected STATEMENTS
       bogus
       ^
The result of line 1: No SAD entries.
setkey> delete 10.0.0.1 10.0.0.2 esp 0x1000;
The result of line 2: No such process.
setkey: line 2: no SA has this destination, SPI and protocol
setkey> ${esp} -E aes-cbc "SECRET";
48 128 256
line 3: Invalid key length at [(key)]
<stdin>:3:45: Invalid key length: found (key), expected a key of 128, 192 or 256 bits
    ${esp} -E aes-cbc "******";
                                                ^
setkey>
`,
      1,
    ],
    [
      "it shows what is unfinished",
      [`flush; ${ah}\r`, `-A hmac-md5 "0123456789\r`, `abcde"\r`, ";dump\r", " ;\r"],
      `setkey> flush; ${ah}
      > -A hmac-md5 "0123456789
     "> abcde"
      > ;dump
      >  ;
10.0.0.1 10.0.0.2
	ah mode=transport spi=4096(0x00001000) reqid=0(0x00000000)
	A: hmac-md5  30313233 34353637 38390a61 62636465
	seq=0x00000000 replay=32 flags=0x00000000 state=mature
	created: DATE	current: DATE
	diff: AGE	hard: 0(s)	soft: 0(s)
	last:                     	hard: 0(s)	soft: 0(s)
	current: 0(bytes)	hard: 0(bytes)	soft: 0(bytes)
	allocated: 0	hard: 0	soft: 0
	sadb_seq=0 pid=PID refcnt=0
setkey>
`,
      0,
    ],
    [
      "^C drops what is unfinished, also in the middle of a line",
      ["flush\r", "esp bogus", "\x1b[D\x1b[D", ctrl("C"), "dump;\r", 'add "\r', ctrl("C")],
      `setkey> flush
      > esp bogus^C
setkey> dump;
The result of line 3: No SAD entries.
setkey> add "
     "> ^C
setkey>
`,
      0,
    ],
    [
      "^D in a statement is its end, and said so",
      ["flush\r"],
      `setkey> flush
      >
line 2: syntax error at []
<stdin>:2:1: end of input found: expected ";", esp-udp or a protocol (esp, ah, ipcomp, esp-old, ah-old, tcp)
`,
      1,
    ],
    [
      "exit ends it; the rest of the line is not read",
      ["dump; exit; bogus; dump\r"],
      "setkey> dump; exit; bogus; dump\nThe result of line 1: No SAD entries.\n",
      0,
    ],
    [
      "lines that come at once, with TABs in them, run one by one",
      ["dump\tesp;\rdump\n\tah;\r\n"],
      `setkey> dump\tesp;
The result of line 1: No SAD entries.
setkey> dump
      > \tah;
The result of line 3: No SAD entries.
setkey>
`,
      0,
    ],
  ])("%s", async (_, keys, screen, exit) => {
    const shown = await ended(keys);
    expect({
      ...shown,
      screen: shown.screen.replaceAll(/expected deleteall, .* or getspi/g, "expected STATEMENTS"),
    }).toEqual({ screen, exit });
  });
});

/** Where there is an SA, everybody is told of it. */
const flushByAnother = (): Uint8Array => encode({ ...request("flush", "unspec"), pid: 77 }, linux);

describe("the key socket", () => {
  it("is listened to while nobody types, so that its queue does not fill; -v shows it behind the line", async () => {
    let heard = 0;
    const { terminal, engine, exit } = begin(["-vc"], (socket) => ({
      ...socket,
      receive(timeoutMs) {
        const bytes = socket.receive(timeoutMs);
        if (bytes !== undefined && decode(bytes, linux).message.pid === 77) heard += 1;
        return bytes;
      },
    }));
    await terminal.press(`${esp} -E null;\r`);
    const screen = terminal.screen();
    engine.connect().send([flushByAnother()]);
    await expect.poll(() => heard).toBe(1);
    expect(terminal.screen()).toBe(screen);
    await terminal.press(enter);
    expect(terminal.screen()).toBe(`${screen}
sadb_msg{ version=2 type=9 errno=0 satype=0
  len=2 reserved=0 seq=0 pid=77

setkey>`);
    await terminal.press(ctrl("D"));
    expect(await exit).toBe(0);
  });

  it("that breaks ends the prompt", async () => {
    const { terminal, exit } = begin(["-c"], (socket) => ({
      ...socket,
      receive(timeoutMs) {
        if (timeoutMs === 0) throw new Error("nobody writes to it");
        return socket.receive(timeoutMs);
      },
    }));
    expect(await exit).toBe(1);
    expect(terminal.screen()).toBe("setkey> setkey: nobody writes to it\n");
  });

  it("is not there with -n and -d", async () => {
    const bad = { screen: "setkey> dump 1;\nline 1: syntax error at [1]", exit: 1 };
    const shown = await ended(["dump 1;\r"], ["-nc"]);
    expect({ ...shown, screen: shown.screen.split("\n", 2).join("\n") }).toEqual(bad);
    expect(await ended(["dump;\r"], ["-dc"])).toEqual({
      screen: `setkey> dump;
sadb_msg{ version=2 type=10 errno=0 satype=0
  len=2 reserved=0 seq=0 pid=PID

setkey>
`,
      exit: 0,
    });
  });
});

describe("what is typed", () => {
  it("goes into a key byte by byte", async () => {
    const { screen } = await ended([`${ah} -A hmac-md5 "12345678901234\u00e9"; dump;\r`]);
    expect(screen).toContain("A: hmac-md5  31323334 35363738 39303132 3334c3a9\n");
  });

  it("is not read if it is no UTF-8: its bytes are not known", async () => {
    const line = Buffer.from('-A hmac-md5 "123456789012345\u00e9"; dump;\r', "latin1");
    const { screen, exit } = await ended([`${ah}\r`, line, "dump;\r"]);
    expect(screen.split("\n").slice(2)).toEqual([
      "setkey: line 2: not UTF-8: the statement is dropped",
      "setkey> dump;",
      "The result of line 3: No SAD entries.",
      "setkey>",
      "",
    ]);
    expect(exit).toBe(1);
  });

  it("without end is given up", async () => {
    const { terminal, exit } = begin(["-c"]);
    const sixth = Math.ceil(STATEMENT_LIMIT / 6);
    for (let pasted = 0; pasted < STATEMENT_LIMIT; pasted += sixth) {
      terminal.paste("x".repeat(sixth));
      await terminal.press(enter);
    }
    for (const keys of ["dump;\r", ctrl("D")]) await terminal.press(keys);
    expect(await exit).toBe(1);
    expect(terminal.screen().replaceAll(/x+/g, "x")).toBe(`setkey> x
      > x
      > x
      > x
      > x
      > x
<stdin>:1:1: statement of more than 1048576 bytes: no ";" found
setkey> dump;
The result of line 7: No SAD entries.
setkey>
`);
  });
});

describe("there is none", () => {
  it("where the output goes elsewhere, and an error still ends only its own statement", async () => {
    const io = { ...testIo({ input: "$;\nbogus;\ndump;" }), inputIsTerminal: true };
    const exit = await run(["-nc"], io, tableHost({}), () => {
      throw new Error("opened a socket");
    });
    const [fatal, , , , wrong] = io.stderr().split("\n");
    expect({ exit, fatal, wrong, stdout: io.stdout() }).toEqual({
      exit: 1,
      fatal: "line 1: Syntax error at [$]",
      wrong: "line 2: syntax error at [bogus]",
      stdout: "",
    });
  });

  it("under --compat=ipsec-tools, whose -c reads on without a word", async () => {
    const { terminal, exit } = begin(["--compat=ipsec-tools", "-c"]);
    expect(await exit).toBe(0);
    expect(terminal.screen()).toBe("No SAD entries.\n");
  });

  it("with -f -", async () => {
    const { terminal, exit } = begin(["-f", "-"]);
    expect(await exit).toBe(0);
    expect(terminal.screen()).toBe("The result of line 1: No SAD entries.\n");
  });
});
