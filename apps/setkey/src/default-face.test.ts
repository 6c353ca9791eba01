import { createEngine } from "@keysock/engine";
import { tableHost } from "@keysock/host";
import { decode, encode, find, linux, request } from "@keysock/wire";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Connect } from "./program.ts";
import { run } from "./run.ts";
import { ahEntry, manualPage, policyEntry } from "./testing/manual-page.ts";
import { maskText } from "./testing/masks.ts";
import { overheard } from "./testing/overheard.ts";
import { testIo } from "./testing/test-io.ts";

/** A machine with an engine for a kernel: runs of the command on it, one after the other. */
function machine() {
  const host = tableHost({ names: { gateway: ["192.0.2.1"] }, now: Date.UTC(2026, 10, 22), pid: 4242 });
  const engine = createEngine({ personality: "linux", clock: host });
  const sent: Uint8Array[] = [];
  const connect: Connect = () => ({
    socket: overheard(engine.connect(), { sent, received: [] }),
    via: "engine",
    kernel: true,
  });
  return {
    sent,
    async setkey(argv: string[], text = "") {
      const io = testIo({ files: new Map([["x.conf", text]]), input: text });
      const exit = await run(argv, io, host, connect);
      return { stdout: maskText(io.stdout()), stderr: io.stderr(), exit };
    },
  };
}

describe("the manual page's examples", () => {
  it("run as it says; the same policy twice is refused, and the exit status tells", async () => {
    const { setkey } = machine();
    expect(await setkey(["-f", "x.conf"], manualPage)).toEqual({
      stdout: `${ahEntry}The result of line 17: No SAD entries.\n`,
      stderr:
        "The result of line 25: File exists.\n" +
        "setkey: line 25: there is a policy with this selector and direction: spdupdate replaces it\n",
      exit: 1,
    });
    expect(await setkey(["-DP"])).toEqual({ stdout: policyEntry, stderr: "", exit: 0 });
  });

  it("have a replay window of 32 for AH and authenticated ESP, and none for other ESP", async () => {
    const { setkey, sent } = machine();
    await setkey(["-c"], manualPage);
    const adds = sent.map((bytes) => decode(bytes, linux).message).filter(({ type }) => type === "add");
    expect(adds.map((message) => find(message, "sa")?.replay)).toEqual([0, 32, 32]);
  });
});

const esp = (rest: string) => `add 10.0.0.1 10.0.0.2 esp 0x1000 ${rest}`;
const nullEsp = `${esp("-E null")};`;

/** A text, and what a run of it says and gives. */
const texts: [name: string, text: string, expected: { stdout?: string; stderr: string; exit: number }][] = [
  ["nothing at all", "", { stderr: "", exit: 0 }],
  ["comments only", "# one\n# two", { stderr: "", exit: 0 }],
  [
    "a word that is no statement",
    "flush;\nadd 10.0.0.1 10.0.0.2 esp 0x1000 -E null;\nbogus 1 2 3;\nflush;",
    {
      stderr: `line 3: syntax error at [bogus]
x.conf:3:1: "bogus" found: expected deleteall, add, get, delete, flush, dump, spdadd, spdupdate, spddelete, spddump, spdflush, exit, quit, bye, update or getspi
    bogus
    ^
setkey: stopped there; 2 statements before it took effect
`,
      exit: 1,
    },
  ],
  [
    "a near miss of an algorithm's name",
    `${esp('-E aes-cbd "0123456789abcdef"')};`,
    {
      stderr: `line 1: syntax error at [aes-cbd]
x.conf:1:37: "aes-cbd" found: expected null, simple or an encryption algorithm; did you mean aes-cbc?
    add 10.0.0.1 10.0.0.2 esp 0x1000 -E aes-cbd
                                        ^
`,
      exit: 1,
    },
  ],
  [
    "a key that is too short",
    `${esp('-E aes-cbc "SECRET"')};`,
    {
      stderr: `48 128 256
line 1: Invalid key length at [(key)]
x.conf:1:45: Invalid key length: found (key), expected a key of 128, 192 or 256 bits
    add 10.0.0.1 10.0.0.2 esp 0x1000 -E aes-cbc "******";
                                                ^
`,
      exit: 1,
    },
  ],
  [
    "a quoted key without its end",
    `${esp('-E aes-cbc "SECRET')};`,
    {
      stderr: `line 1: Syntax error at [(key)]
x.conf:1:45: a quoted string without its end found: expected a key ("characters" or 0x and hexadecimal digits)
    add 10.0.0.1 10.0.0.2 esp 0x1000 -E aes-cbc "
                                                ^
`,
      exit: 1,
    },
  ],
  [
    "a policy without its semicolon before an SA",
    "spdadd 10.0.0.1 10.0.0.2 any -P out ipsec\n\tesp/transport//require\nadd 10.0.0.1 10.0.0.2 esp 0x1000 -E aes-cbc 0x5ec2e7;",
    {
      stderr: `line 3: Invalid argument at [(key)]
x.conf:3:1: Invalid argument: found "add", expected esp, ah, ipcomp, tcp
    add 10.0.0.1 10.0.0.2 esp 0x1000 -E aes-cbc ********;
    ^
`,
      exit: 1,
    },
  ],
  [
    "a key for a policy",
    "spdadd 10.0.0.1 10.0.0.2 any -P out 0x5ec2e7cafe5ec2e7;",
    {
      stderr: `line 1: Invalid argument at [(key)]
x.conf:1:37: Invalid argument: found (key), expected priority, prio, discard, none, ipsec, entrust, bypass
    spdadd 10.0.0.1 10.0.0.2 any -P out ******************;
                                        ^
`,
      exit: 1,
    },
  ],
  [
    "a key in a comment within a policy, and a bad address",
    'spdadd gateway 10.0.0.2 any -P out none # "SECRET"\n;',
    {
      stderr: `line 2: Name or service not known at [(key)]
x.conf:1:8: Name or service not known: found "gateway", expected an IPv4 or IPv6 address in figures (host names are looked up with --resolve only)
    spdadd gateway 10.0.0.2 any -P out none # ********
           ^
`,
      exit: 1,
    },
  ],
  [
    "no semicolon",
    "flush",
    {
      stderr: `line 1: syntax error at []\nx.conf:1:6: end of input found: expected ";", esp-udp or a protocol (esp, ah, ipcomp, esp-old, ah-old, tcp)\n    flush\n         ^\n`,
      exit: 1,
    },
  ],
  [
    "a host name",
    "get gateway 10.0.0.2 esp 0x1000;",
    {
      stderr: `line 1: Name or service not known at [10.0.0.2]
x.conf:1:5: Name or service not known: found "gateway", expected an IPv4 or IPv6 address in figures (host names are looked up with --resolve only)
    get gateway 10.0.0.2 esp 0x1000;
        ^
`,
      exit: 1,
    },
  ],
  [
    "a reserved SPI",
    "add 10.0.0.1 10.0.0.2 esp 255 -E null;",
    {
      stderr: `line 1: invalid SPI at [255]
x.conf:1:27: invalid SPI: found "255", expected 256 to 4294967295, in decimal or in hexadecimal with 0x (SPIs from 0 to 255 are reserved)
    add 10.0.0.1 10.0.0.2 esp 255 -E null;
                              ^
`,
      exit: 1,
    },
  ],
  [
    "a replay window that Linux would cut",
    `${esp("-r 33 -E null")};`,
    {
      stderr: `line 1: invalid replay window at [33]
x.conf:1:37: invalid replay window: found "33", expected 0 to 32 packets (Linux takes larger windows over XFRM only: use --via=xfrm)
    add 10.0.0.1 10.0.0.2 esp 0x1000 -r 33 -E null;
                                        ^
`,
      exit: 1,
    },
  ],
  [
    "statements that are refused: the rest runs",
    `${nullEsp}\n${nullEsp}\ndelete 10.0.0.1 10.0.0.9 esp 0x1000;\nspddelete 10.0.0.1 10.0.0.2 any -P out;\nflush;dump;`,
    {
      stdout: "The result of line 5: No SAD entries.\n",
      stderr: `The result of line 2: File exists.
setkey: line 2: there is an SA with this destination, SPI and protocol; the source makes no difference
The result of line 3: No such process.
setkey: line 3: no SA has this destination, SPI and protocol
The result of line 4: No entry.
setkey: line 4: no policy has this selector and direction
`,
      exit: 1,
    },
  ],
  ["exit", "exit;\nbogus;", { stderr: "", exit: 0 }],
];

describe("a text", () => {
  it.each(texts)("%s", async (_, text, expected) => {
    expect(await machine().setkey(["-f", "x.conf"], text)).toEqual({ stdout: "", ...expected });
  });

  it("from standard input stops at an error, too", async () => {
    const { exit, stderr } = await machine().setkey(["-c"], "bogus;\nflush;");
    expect([exit, stderr.split("\n")[1]?.slice(0, 24)]).toEqual([1, '<stdin>:1:1: "bogus" fou']);
  });

  it("looks host names up when it is told to", async () => {
    const { setkey } = machine();
    expect(await setkey(["--resolve", "-c"], "add gateway 10.0.0.2 esp 0x1000 -E null;")).toEqual({
      stdout: "",
      stderr: "",
      exit: 0,
    });
  });

  it("never shows a key, wherever it is broken", async () => {
    const secret = "sEcReTsEcReTsEcR";
    const whole = `flush;\nadd 10.0.0.1 10.0.0.2 esp 0x1000 -m tunnel -E aes-cbc "${secret}" -A hmac-md5 "${secret}";\ndump esp;\n`;
    const cuts = fc.tuple(
      fc.nat(whole.length),
      fc.nat(3),
      fc.constantFrom("", ";", '"', "x", " ", "-E ", "0x"),
    );
    await fc.assert(
      fc.asyncProperty(cuts, async ([at, gone, put]) => {
        const broken = whole.slice(0, at) + put + whole.slice(at + gone);
        const { stderr } = await machine().setkey(["-f", "x.conf"], broken);
        for (let i = 0; i + 4 <= secret.length; i++) expect(stderr).not.toContain(secret.slice(i, i + 4));
      }),
      { numRuns: 300 },
    );
  });
});

const addRequest = `sadb_msg{ version=2 type=3 errno=0 satype=3
  len=13 reserved=0 seq=0 pid=PID
sadb_ext{ len=1 type=9 }
sadb_key{ bits=0 reserved=0
  key= }
sadb_ext{ len=2 type=1 }
sadb_sa{ spi=4096 replay=0 state=0
  auth=0 encrypt=11 flags=0x00000040 }
sadb_ext{ len=2 type=19 }
sadb_x_sa2{ mode=1 reqid=0
  reserved1=0 reserved2=0 sequence=0 }
sadb_ext{ len=3 type=5 }
sadb_address{ proto=255 prefixlen=32 reserved=0x0000 }
sockaddr{ len=16 family=2 port=0
 0a000001  }
sadb_ext{ len=3 type=6 }
sadb_address{ proto=255 prefixlen=32 reserved=0x0000 }
sockaddr{ len=16 family=2 port=0
 0a000002  }

`;

/** An entry of a dump of policies, as an encoded message. */
function policyDump(id: number, sequence: number): Uint8Array {
  const end = (kind: "addressSource" | "addressDestination", last: number) => ({
    kind,
    protocol: 255,
    prefixLength: 32,
    reserved: 0,
    sockaddr: { family: "inet" as const, port: 0, address: Uint8Array.of(10, 0, 0, last) },
  });
  const policy = {
    kind: "policy" as const,
    policyType: 1,
    direction: 2,
    reserved: 0,
    id,
    priority: 0,
    requests: [],
  };
  const message = request("spddump", "unspec", [
    end("addressSource", 1),
    end("addressDestination", 2),
    policy,
  ]);
  return encode({ ...message, sequence, pid: 4242 }, linux);
}

const header = (type: number) => `sadb_msg{ version=2 type=${type} errno=0 satype=0
  len=2 reserved=0 seq=0 pid=PID

`;

/** Arguments, a text, and what they give without anything being sent. */
const offline: [argv: string[], text: string, stdout: string][] = [
  [["-n", "-f", "x.conf"], nullEsp, ""],
  [["-nv", "-f", "x.conf"], nullEsp, ""],
  [["-d", "-f", "x.conf"], nullEsp, addRequest],
  [["-d", "-c"], `${nullEsp}flush;`, addRequest + header(9)],
  [["-d", "-D"], "", header(10)],
  [["-d", "-D", "-P"], "", header(18)],
  [["-d", "-F"], "", header(9)],
  [["-dFP"], "", header(19)],
  [["-d", "-c"], "deleteall 10.0.0.1 10.0.0.2 esp;", header(10).replace("satype=0", "satype=3")],
];

describe("without anybody to talk to", () => {
  it.each(offline)("%j %s", async (argv, text, stdout) => {
    const host = tableHost({ pid: 4242 });
    const io = testIo({ files: new Map([["x.conf", text]]), input: text });
    const exit = await run(argv, io, host, () => {
      throw new Error("opened a socket");
    });
    expect({ stdout: maskText(io.stdout()), stderr: io.stderr(), exit }).toEqual({
      stdout,
      stderr: "",
      exit: 0,
    });
  });

  it.each<[argv: string[], letter: string]>([
    [["-n", "-F"], "F"],
    [["-nFP"], "F"],
    [["-n", "-D"], "D"],
    [["-nlD"], "D"],
  ])("%j: nothing is sent, and nothing looks empty", async (argv, letter) => {
    const io = testIo({});
    const exit = await run(argv, io, tableHost(), () => {
      throw new Error("opened a socket");
    });
    expect([exit, io.stdout(), io.stderr()]).toEqual([
      1,
      "",
      `setkey: -n checks statements: it is for -c and -f, not for -${letter}\n`,
    ]);
  });

  it("-n finds a wrong key length", async () => {
    const { exit, stdout, stderr } = await machine().setkey(["-n", "-c"], `${esp('-E des-cbc "x"')};`);
    expect([exit, stdout, stderr.split("\n")[1]]).toEqual([1, "", "line 1: Invalid key length at [(key)]"]);
  });
});

describe("options by themselves", () => {
  const usage = /^usage: setkey \[-dnvrk\] -c\n/;
  it.each<[argv: string[], exit: number]>([
    [[], 1],
    [["-v"], 1],
    [["-P"], 1],
    [["-h"], 0],
    [["-?"], 0],
    [["-Dh"], 0],
  ])("%j prints the usage", async (argv, exit) => {
    const shown = await machine().setkey(argv);
    expect(shown).toEqual({ stdout: expect.stringMatching(usage), stderr: "", exit });
  });

  it("-V prints the version", async () => {
    expect(await machine().setkey(["-V"])).toEqual({
      stdout: "setkey of keysock, for the language of ipsec-tools 0.8 and 0.9\n",
      stderr: "",
      exit: 0,
    });
  });

  it("an unknown one is said on standard error, with the usage", async () => {
    const { stdout, stderr, exit } = await machine().setkey(["-z"]);
    expect([stdout.match(usage) !== null, stderr, exit]).toEqual([
      true,
      "setkey: invalid option -- 'z'\n",
      1,
    ]);
  });

  it("-F is silent, -D and -DP say that there is nothing", async () => {
    const { setkey } = machine();
    await setkey(["-c"], nullEsp);
    expect(await setkey(["-F"])).toEqual({ stdout: "", stderr: "", exit: 0 });
    expect(await setkey(["-D"])).toEqual({ stdout: "No SAD entries.\n", stderr: "", exit: 0 });
    expect(await setkey(["-FP"])).toEqual({ stdout: "", stderr: "", exit: 0 });
    expect(await setkey(["-DP"])).toEqual({ stdout: "No SPD entries.\n", stderr: "", exit: 0 });
  });

  it("-N hides the policies of sockets and says how many", async () => {
    const io = testIo({});
    const policies = [67, 1, 75].map((id, i) => policyDump(id, i === 2 ? 0 : i + 1));
    const socket = { dialect: linux, send() {}, receive: () => policies.shift(), close() {} };
    await run(["--compat=ipsec-tools", "-DPN"], io, tableHost({ pid: 4242 }), () => ({
      socket,
      via: "",
      kernel: true,
    }));
    expect(io.stdout().split("\n").slice(0, 2)).toEqual(["10.0.0.1[any] 10.0.0.2[any] 255", "\tout none"]);
    expect(io.stdout().split("\n").at(-2)).toBe("2 per-socket policies not shown (filtered by -N)");
  });
});

const refusal = (type: "get" | "dump" | "add", errno: number): Uint8Array =>
  encode({ ...request(type, "esp"), errno }, linux);

describe("files of messages", () => {
  it.each<[name: string, bytes: Uint8Array[], shown: { stdout: string; stderr: string; exit: number }]>([
    ["nothing", [], { stdout: "", stderr: "", exit: 0 }],
    [
      "a policy",
      [policyDump(1, 0)],
      {
        stdout: "10.0.0.1[any] 10.0.0.2[any] any\n\tout none\n\tspid=1 seq=0 pid=PID\n\trefcnt=0\n",
        stderr: "",
        exit: 0,
      },
    ],
    [
      "refusals",
      [refusal("get", 3), refusal("dump", 2), refusal("add", 17)],
      { stdout: "No such process.\nNo SAD entries.\nFile exists.\n", stderr: "", exit: 0 },
    ],
    [
      "a message that is not whole",
      [policyDump(1, 0).subarray(0, 40)],
      { stdout: "", stderr: "setkey: m.bin: 40 bytes that are no whole PF_KEY message\n", exit: 1 },
    ],
    [
      "a length of 0, which the original reads for ever",
      [new Uint8Array(16)],
      { stdout: "", stderr: "setkey: m.bin: 16 bytes that are no whole PF_KEY message\n", exit: 1 },
    ],
  ])("%s", async (_, messages, expected) => {
    const text = Buffer.concat(messages).toString("latin1");
    const io = testIo({ files: new Map([["m.bin", text]]) });
    const exit = await run(["m.bin"], io, tableHost({ pid: 4242 }), () => {
      throw new Error("opened a socket");
    });
    expect({ stdout: maskText(io.stdout()), stderr: io.stderr(), exit }).toEqual(expected);
  });
});
