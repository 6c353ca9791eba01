import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { atPty, ptyHelpers, type Typing } from "./testing/pty.ts";

const bin = fileURLToPath(new URL("../bin/setkey", import.meta.url));
const tab = "\t";
const up = "\u001b[A";
const ctrlC = "\u0003";
const ctrlD = "\u0004";
const esp = "add 10.0.0.1 10.0.0.2 esp 0x1000";
const notAKernel = "setkey: talking to engine, not to a kernel: nothing here protects a packet\n";

const { found, missing } = ptyHelpers();

if (found.length === 0) {
  it("the program cannot be tried at a terminal: neither script of util-linux nor python3 is here", () => {
    expect(missing).toEqual(["script", "python3"]);
  });
}

describe.each(found)("the program at a terminal of $name", (helper) => {
  it.each<[name: string, typing: Typing[], screen: string, exit: number]>([
    [
      "asks, edits, completes, drops, remembers and ends",
      [
        ["setkey>", "fl"],
        ["setkey> fl", tab],
        ["setkey> flush", ";\r"],
        ["\nsetkey>", `${esp}\r`],
        ["      >", "-E aes"],
        ["-E aes", tab],
        ["-E aes-", tab],
        ["aes-gmac\n\n      > -E aes-", `cbc "`],
        [`-E aes-cbc "`, ctrlC],
        ["^C\nsetkey>", `${esp} -E aes-cbc 0x00112233445566778899aabbccddeeff;\r`],
        ["ff;\nsetkey>", "bogus;\r"],
        ["^\nsetkey>", up],
        ["setkey> bogus;", up],
        ["setkey> flush ;", "\r"],
        ["flush ;\nsetkey>", ctrlD],
      ],
      `${notAKernel}setkey> flush ;
setkey> ${esp}
      > -E aes-
aes-cbc
aes-ccm-12
aes-ccm-16
aes-ccm-8
aes-ctr
aes-gcm-12
aes-gcm-16
aes-gcm-8
aes-gmac

      > -E aes-cbc "^C
setkey> ${esp} -E aes-cbc 0x00112233445566778899aabbccddeeff;
setkey> bogus;
line 5: syntax error at [bogus]
<stdin>:5:1: "bogus" found: expected deleteall, add, get, delete, flush, dump, spdadd, spdupdate, spddelete, spddump, spdflush, exit, quit, bye, update or getspi
    bogus
    ^
setkey> flush ;
setkey>
`,
      1,
    ],
    [
      "ends with a statement, all being well",
      [["setkey>", "dump;exit;\r"]],
      `${notAKernel}setkey> dump;exit;
The result of line 1: No SAD entries.
`,
      0,
    ],
  ])("%s", async (_, typing, screen, exit) => {
    expect(await atPty(helper, [bin, "--via=engine", "-c"], typing)).toEqual({ screen, exit });
  });

  it("is ended by ^C while a statement is carried out, as by the system", async () => {
    const folder = mkdtempSync(join(tmpdir(), "setkey-"));
    // Echoes REGISTER, and to what comes next it says nothing.
    let interrupt = () => {};
    const server = createServer((socket) => {
      socket.once("data", (bytes) => {
        socket.once("data", () => interrupt());
        socket.write(bytes);
      });
    });
    await new Promise<void>((resolve) => server.listen(join(folder, "socket"), resolve));
    const via = `unix:${join(folder, "socket")}`;
    try {
      const command = [bin, `--via=${via}`, "-c"];
      const { screen, exit } = await atPty(helper, command, [["setkey>", "dump;\r"]], (type) => {
        interrupt = () => type(ctrlC);
      });
      expect({ screen, exit }).toEqual({
        screen: `${notAKernel.replace("engine", via)}setkey> dump;\n^C`,
        exit: 130,
      });
    } finally {
      server.close();
      rmSync(folder, { recursive: true });
    }
  });

  it("has no prompt under --compat=ipsec-tools: the system edits the lines", async () => {
    const command = [bin, "--compat=ipsec-tools", "--via=engine", "-c"];
    const shown = await atPty(helper, command, [
      ["", "dumq\u007fp;\n"],
      ["No SAD entries.\n", "exit;\n"],
    ]);
    expect(shown).toEqual({ screen: "dump;\nNo SAD entries.\nexit;\n", exit: 0 });
  });
});
