import { PassThrough } from "node:stream";
import { createEngine } from "@keysock/engine";
import { tableHost } from "@keysock/host";
import { describe, expect, it } from "vitest";
import { run } from "./run.ts";
import { openTerminal } from "./terminal.ts";
import { screen } from "./testing/screen.ts";
import { testIo } from "./testing/test-io.ts";

const turns = async (count: number) => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
};

/** The command at a terminal: what is typed there, key by key, and what is on the screen at last. */
function atTerminal(argv: string[] = []) {
  const host = tableHost({ now: 1571328712_000, pid: 4242 });
  const engine = createEngine({ personality: "illumos", clock: host });
  const keyboard = new PassThrough();
  const display = new PassThrough();
  let shown = "";
  display.on("data", (data) => {
    shown += data;
  });
  let raw = false;
  const input = Object.assign(keyboard, {
    setRawMode(on: boolean) {
      raw = on;
    },
  });
  const io = testIo();
  const status = run(
    argv,
    {
      ...io,
      openTerminal: (habits) => openTerminal(input, display, habits),
      out: (text) => void display.write(text),
      err: (text) => void display.write(text),
      turn: () => turns(1),
    },
    host,
    () => ({ socket: engine.connect(), via: "engine", kernel: true }),
  );
  return {
    io,
    status,
    isRaw: () => raw,
    async type(...keys: string[]) {
      for (const each of keys) {
        keyboard.write(each);
        await turns(10);
      }
    },
    lines: () => screen(shown),
  };
}

const up = "\x1b[A";
const interrupt = "\x03";
const endOfInput = "\x04";
const enter = "\r";

describe("at a terminal", () => {
  it("carries commands out as they are typed; errors stop nothing, and the status is 0", async () => {
    const { type, lines, status } = atTerminal();
    await type(`flush${enter}`, `bogus${enter}`, `dump${enter}`, `exit${enter}`);
    expect(await status).toBe(0);
    expect(lines()).toEqual([
      "ipseckey> flush",
      "ipseckey> bogus",
      "ipseckey: Unknown command (bogus).",
      "ipseckey> dump",
      "Dump succeeded for SA type 0.",
      "ipseckey> exit",
      "",
    ]);
  });

  it("waits for what a command lacks, and shows that it does", async () => {
    const { type, lines, status } = atTerminal();
    await type(`add ah spi 0x100 dst 192.0.2.2${enter}`, `  authalg md5${enter}`);
    await type(`  authkey 1234567890abcdef1234567890abcdef${enter}`, endOfInput);
    expect(await status).toBe(0);
    expect(lines()).toEqual([
      "ipseckey> add ah spi 0x100 dst 192.0.2.2",
      ">   authalg md5",
      ">   authkey 1234567890abcdef1234567890abcdef",
      "ipseckey> ",
      "",
    ]);
  });

  it("takes lines that are pasted together for one command", async () => {
    const { type, lines, status } = atTerminal();
    await type(
      `add ah spi 0x100 dst 192.0.2.2 authalg md5 authkey 1234567890abcdef1234567890abcdef${enter}  hard_bytes 5${enter}`,
    );
    await type(`get ah spi 0x100 dst 192.0.2.2${enter}`, endOfInput);
    expect(await status).toBe(0);
    expect(lines()).toContain("HLT: 5 bytes of lifetime, 0 allocations.");
  });

  it("completes words", async () => {
    const { type, lines, status } = atTerminal();
    await type("flu", "\t", "es", "\t", enter, endOfInput);
    await status;
    expect(lines()[0]).toBe("ipseckey> flush esp ");
  });

  it("remembers lines, but none that holds a key", async () => {
    const { type, lines, status } = atTerminal();
    await type(`dump ah${enter}`);
    await type(`add ah spi 0x100 dst 192.0.2.2 authalg md5 authkey 1234567890abcdef1234567890abcdef${enter}`);
    await type(up, enter, endOfInput);
    await status;
    expect(lines().filter((line) => line === "ipseckey> dump ah").length).toBe(2);
  });

  it("forgets a line, and a command that waits, at ^C", async () => {
    const { type, lines, status } = atTerminal();
    await type(`add ah${enter}`, interrupt, `fl`, interrupt, `dump${enter}`, endOfInput);
    expect(await status).toBe(0);
    expect(lines().slice(-4)).toEqual(["ipseckey> dump", "Dump succeeded for SA type 0.", "ipseckey> ", ""]);
  });

  it("comes back from a monitor at ^C, which is a signal there", async () => {
    const { type, lines, status, io, isRaw } = atTerminal();
    await type(`pmonitor${enter}`);
    expect(isRaw()).toBe(false);
    io.interrupt();
    await turns(10);
    expect(isRaw()).toBe(true);
    await type(endOfInput);
    expect(await status).toBe(0);
    expect(lines()).toEqual([
      "ipseckey> pmonitor",
      "Passively monitoring the PF_KEY socket.",
      "",
      "ipseckey> ",
      "",
    ]);
  });

  it("is the same under --compat", async () => {
    const { type, lines, status } = atTerminal(["--compat=illumos"]);
    await type(`flush${enter}`, `quit${enter}`);
    expect(await status).toBe(0);
    expect(lines()).toEqual(["ipseckey> flush", "ipseckey> quit", ""]);
  });
});
