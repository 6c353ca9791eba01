import { readFileSync } from "node:fs";
import { tableHost } from "@keysock/host";
import { decode, encode, type KeySocket, linuxXfrm, type OutgoingMessage } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import type { Connect } from "./program.ts";
import { run } from "./run.ts";
import { testIo } from "./testing/test-io.ts";

/** Keeps what is added and lists it, whatever it is: a stand-in for the kernel behind a socket that speaks XFRM. */
function keeper(saysIt = (message: OutgoingMessage) => message): KeySocket {
  const kept: OutgoingMessage[] = [];
  const replies: Uint8Array[] = [];
  const answer = (message: OutgoingMessage) => {
    replies.push(encode(message, linuxXfrm));
  };
  return {
    dialect: linuxXfrm,
    send(messages) {
      for (const bytes of messages) {
        const { message } = decode(bytes, linuxXfrm);
        if (message.type === "add" || message.type === "spdadd") kept.push(message);
        if (message.type !== "dump" && message.type !== "spddump") answer(saysIt(message));
        else {
          const entries = kept.filter(({ type }) => (type === "add") === (message.type === "dump"));
          if (entries.length === 0) answer({ ...message, errno: 2 });
          const { type, pid } = message;
          for (const [i, entry] of entries.entries()) {
            answer({ ...entry, type, pid, sequence: entries.length - 1 - i });
          }
        }
      }
    },
    receive: () => replies.shift(),
    close() {},
  };
}

const host = tableHost({ pid: 4242, interfaces: { eth0: 2 } });

async function setkey(argv: string[], text = "", connect?: Connect) {
  const io = testIo({ files: new Map([["x.conf", text]]), input: text });
  const never: Connect = () => {
    throw new Error("no socket is to be opened");
  };
  const exit = await run(argv, io, host, connect ?? never);
  return { stdout: io.stdout(), stderr: io.stderr(), exit };
}

const script = `add 10.0.0.1 10.0.0.2 esp 0x1000 -m tunnel -r 128 -esn -mark 0x7/0xff -output-mark 3 -if_id 42 -dir in
  -hwif eth0 packet -sel 10.0.0.0/8 10.1.0.0/16[53] udp
  -E aes-gcm-16 0x000102030405060708090a0b0c0d0e0f10111213;
spdadd -mark 9 -if_id 42 10.0.0.0/8 10.1.0.0/16 any -P out ipsec esp/tunnel/10.0.0.1-10.0.0.2/require;
`;

const saListing = `10.0.0.1 10.0.0.2 
	esp mode=tunnel spi=4096(0x00001000) reqid=0(0x00000000)
	E: aes-gcm-16  00010203 04050607 08090a0b 0c0d0e0f 10111213
	seq=0x00000000 replay=128 flags=0x00000040 state=larval 
	mark=0x00000007/0x000000ff
	output-mark=0x00000003/0xffffffff
	if_id=42(0x0000002a)
	dir=in
	sel=10.0.0.0/8[any] 10.1.0.0/16[53] udp
	hwif=eth0 in packet
	xfrm-flags=esn
	sadb_seq=0 pid=4242 refcnt=0
`;

const spListing = `10.0.0.0/8[any] 10.1.0.0/16[any] any
	out prio def ipsec
	esp/tunnel/10.0.0.1-10.0.0.2/require
	mark=0x00000009/0xffffffff
	if_id=42(0x0000002a)
	spid=0 seq=0 pid=4242
	refcnt=0
`;

describe("over a socket that speaks XFRM", () => {
  it("what PF_KEY has no room for is sent, and listed", async () => {
    const socket = keeper();
    const connect: Connect = () => ({ socket, via: "xfrm", kernel: true });
    expect(await setkey(["-f", "x.conf"], script, connect)).toEqual({ stdout: "", stderr: "", exit: 0 });
    expect(await setkey(["-D"], "", connect)).toEqual({ stdout: saListing, stderr: "", exit: 0 });
    expect(await setkey(["-DP"], "", connect)).toEqual({ stdout: spListing, stderr: "", exit: 0 });
  });
});

describe("-hwif of a device that cannot", () => {
  const softly = (message: OutgoingMessage) => ({
    ...message,
    extensions: message.extensions.filter(({ kind }) => kind !== "xfrm"),
  });
  const connect: Connect = () => ({ socket: keeper(softly), via: "xfrm", kernel: true });

  it.each([
    ["add", 'setkey: line 1: "eth0" cannot offload this SA: the kernel does the work itself\n'],
    ["update", ""],
  ])("%s: says %j", async (verb, stderr) => {
    const text = `${verb} 10.0.0.1 10.0.0.2 esp 0x1000 -dir in -hwif eth0 -E null;\n`;
    expect(await setkey(["-f", "x.conf"], text, connect)).toEqual({ stdout: "", stderr, exit: 0 });
  });
});

describe("-v", () => {
  it.each([
    { via: "pfkey", argv: ["-v", "-D"], said: "setkey: talking to the kernel by PF_KEY\n" },
    { via: "xfrm", argv: ["-v", "-D"], said: "setkey: talking to the kernel by XFRM\n" },
    { via: "xfrm", argv: ["--compat=ipsec-tools", "-v", "-D"], said: "" },
  ])("$via $argv says how the kernel is spoken to: $said", async ({ via, argv, said }) => {
    const { stderr } = await setkey(argv, "", () => ({ socket: keeper(), via, kernel: true }));
    expect(stderr).toBe(said);
  });
});

describe("without a socket", () => {
  it("over PF_KEY it says what docs/xfrm.md shows", async () => {
    const document = readFileSync(new URL("../../../docs/xfrm.md", import.meta.url), "utf8");
    const [, shown, statement] = /\$ setkey -n -f ipsec\.conf\n((?:.*\n)*? {4}(add .*;)\n.*\n)```/.exec(
      document,
    )!;
    const io = testIo({ files: new Map([["ipsec.conf", statement!]]) });
    const exit = await run(["-n", "-f", "ipsec.conf"], io, host, () => {
      throw new Error("no socket is to be opened");
    });
    expect({ stdout: io.stdout(), stderr: io.stderr(), exit }).toEqual({
      stdout: "",
      stderr: shown,
      exit: 1,
    });
  });

  it("-n checks for the way that is named", async () => {
    expect(await setkey(["-n", "--via=xfrm", "-f", "x.conf"], script)).toEqual({
      stdout: "",
      stderr: "",
      exit: 0,
    });
  });

  it("-d shows what would be sent on it", async () => {
    const { stdout, exit } = await setkey(["-d", "--via=xfrm", "-f", "x.conf"], script);
    expect(stdout).toContain("sadb_x_xfrm{ replay=128\n  mark=0x00000007/0x000000ff\n");
    expect(stdout).toContain("sadb_x_xfrm{ mark=0x00000009/0xffffffff\n  if_id=42(0x0000002a) }\n");
    expect(exit).toBe(0);
  });

  it("-n without it says where it could be had", async () => {
    expect(await setkey(["-n", "-f", "x.conf"], script)).toEqual({
      stdout: "",
      stderr:
        "line 1: invalid replay window at [128]\n" +
        'x.conf:1:47: invalid replay window: found "128", expected 0 to 32 packets (Linux takes larger windows over XFRM only: use --via=xfrm)\n' +
        `    ${script.split("\n", 1)[0]}\n${" ".repeat(50)}^\n`,
      exit: 1,
    });
    expect((await setkey(["-n", "-f", "x.conf"], script.split("\n").slice(3).join("\n"))).stderr).toBe(
      "line 1: Not supported at [-mark]\n" +
        'x.conf:1:8: Not supported: found "-mark" (Linux takes -mark over XFRM only: use --via=xfrm)\n' +
        `    ${script.split("\n")[3]}\n           ^\n`,
    );
  });
});

it("tells the kernel's own words about a refusal", async () => {
  const replies: Uint8Array[] = [];
  const refusing: KeySocket = {
    dialect: linuxXfrm,
    send(messages) {
      for (const bytes of messages) {
        const { message } = decode(bytes, linuxXfrm);
        const errno = message.type === "add" ? 22 : 0;
        const extensions =
          errno === 0 ? [] : ([{ kind: "xfrm", errorText: "Requested mode not found" }] as const);
        replies.push(encode({ ...message, errno, extensions }, linuxXfrm));
      }
    },
    receive: () => replies.shift(),
    close() {},
  };
  const connect: Connect = () => ({ socket: refusing, via: "xfrm", kernel: true });
  const add = "add 10.0.0.1 10.0.0.2 esp 0x1000 -E null;\n";
  const { stderr, exit } = await setkey(["-f", "x.conf"], add, connect);
  expect(stderr.split("\n").at(-2)).toBe("setkey: line 1: the kernel says: Requested mode not found");
  expect(exit).toBe(1);
  const compat = await setkey(["--compat=ipsec-tools", "-f", "x.conf"], add, connect);
  expect([compat.stdout, compat.stderr]).toEqual(["The result of line 1: Invalid argument.\n", ""]);
});
