import { describe, expect, it } from "vitest";
import { begin, ctrl, screenAfter } from "./testing/at-prompt.ts";

const up = "\x1b[A";
const enter = "\r";
const esp = "add 10.0.0.1 10.0.0.2 esp 0x1000";
const ah = "add 10.0.0.1 10.0.0.2 ah 0x1000";

describe("history", () => {
  /** What is typed, then how often UP is pressed; the line that is there then. */
  it.each<[name: string, keys: string[], ups: number, line: string]>([
    ["the last line", ["dump;\r", "flush;\r"], 1, "flush;"],
    ["the one before", ["dump;\r", "flush;\r"], 2, "dump;"],
    ["a line twice is there once", ["dump;\r", "flush;\r", "flush;\r"], 2, "dump;"],
    ["an empty line is not there", ["dump;\r", enter, "  \r"], 1, "dump;"],
    ["lines of a statement, once it is whole", ["dump;\r", "flush\r"], 1, "dump;"],
    ["lines of a statement", ["dump\r", "esp\r", ";\r"], 3, "dump"],
    ["what is wrong, to be mended", ["bogus;\r"], 1, "bogus;"],
    [
      "a dropped line is not there",
      ["dump;\r", "flush;", ctrl("C"), "flush\r", "esp", ctrl("C")],
      1,
      "dump;",
    ],
    ["nothing", [], 1, ""],
    ["a key", ["dump;\r", `${ah} -A hmac-md5 "0123456789abcdef";\r`], 1, "dump;"],
    [
      "a key among other statements",
      ["dump;\r", `flush;${ah} -A hmac-md5 "0123456789abcdef";flush;\r`],
      1,
      "dump;",
    ],
    [
      "a statement with a key, on many lines",
      ["dump;\r", `${ah}\r`, "-A\r", "hmac-md5\r", '"01234567\r', "9abcdef\r", '";\r'],
      1,
      "dump;",
    ],
    ["a key that is too short", ["dump;\r", `${ah} -A hmac-md5 0x01;\r`], 1, "dump;"],
    ["a key in a comment", ["dump;\r", `# ${ah} -A hmac-md5 0x01;\r`], 1, "dump;"],
    ["algorithms without a key", ["dump;\r", `${esp} -E null;\r`], 1, `${esp} -E null;`],
  ])("%s", async (_, keys, ups, line) => {
    const screen = await screenAfter([...keys, ...Array(ups).fill(up)]);
    expect(screen.split("\n").at(-1)?.slice("setkey> ".length) ?? "").toBe(line);
  });
});

describe("TAB", () => {
  it.each<[keys: string[], screen: string]>([
    [["fl\t"], "setkey> flush"],
    [["fl\t", ";"], "setkey> flush ;"],
    [
      ["spdf", "\t", ";\r", "du", "\t", ";\r"],
      "setkey> spdflush ;\nsetkey> dump ;\nThe result of line 2: No SAD entries.\nsetkey>",
    ],
    [["xyz", "\t", "\t"], "setkey> xyz"],
    [[`${esp} -E cam`, "\t"], `setkey> ${esp} -E camellia-cbc`],
    [
      [`${esp} -m t`, "\t", "\t", "u", "\t", "-E ae", "\t", "\t"],
      `setkey> ${esp} -m t
transport
tunnel

setkey> ${esp} -m tunnel -E aes-
aes-cbc
aes-ccm-12
aes-ccm-16
aes-ccm-8
aes-ctr
aes-gcm-12
aes-gcm-16
aes-gcm-8
aes-gmac

setkey> ${esp} -m tunnel -E aes-`,
    ],
    [[`${esp}\r`, "-E des-c", "\t"], `setkey> ${esp}\n      > -E des-cbc`],
    [[`${ah} -A hmac-md5 "flush; f`, "\t"], `setkey> ${ah} -A hmac-md5 "flush; f`],
    [
      ["spdadd 10.0.0.1 10.0.0.2 any -P out ipsec e", "\t", "tu", "\t"],
      "setkey> spdadd 10.0.0.1 10.0.0.2 any -P out ipsec esp/tunnel/",
    ],
    [
      ["flush; dump fl", "\x1b[D\x1b[D", "\t", "\t"],
      "setkey> flush; dump fl\nah\nah-old\nesp\nesp-old\nesp-udp\nipcomp\ntcp\n\nsetkey> flush; dump fl",
    ],
  ])("%j", async (keys, screen) => {
    expect(await screenAfter(keys)).toBe(screen);
  });
});

describe("the terminal", () => {
  it("gives each key as it is pressed, but while a statement is carried out: ^C is the system's then", async () => {
    const raw: boolean[] = [];
    const { terminal, exit } = begin(["-c"], (socket) => ({
      ...socket,
      send(messages) {
        if (raw.length > 0) raw.push(terminal.isRaw());
        socket.send(messages);
      },
    }));
    raw.push(terminal.isRaw());
    await terminal.press("flush;\r");
    raw.push(terminal.isRaw());
    await terminal.press(ctrl("D"));
    await exit;
    raw.push(terminal.isRaw());
    expect(raw).toEqual([true, false, true, false]);
  });

  it("that cannot be read ends the command", async () => {
    const { terminal, exit } = begin(["-c"]);
    await terminal.press("flush");
    terminal.input.destroy(Object.assign(new Error("read EIO"), { errno: -5, code: "EIO" }));
    expect(await exit).toBe(1);
    expect(terminal.screen()).toBe("setkey> flushsetkey: Can't read `<stdin>': Input/output error\n");
  });
});
