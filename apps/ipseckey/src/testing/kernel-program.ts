import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { stateText } from "./ip-state.ts";
import { kernelMachine } from "./kernel-machine.ts";
import type { Shown } from "./machine.ts";

const bin = fileURLToPath(new URL("../../bin/ipseckey", import.meta.url));
const key = "00112233445566778899aabbccddeeff";
const add = `add ah spi 0x100 src 192.0.2.1 dst 192.0.2.2 authalg md5 authkey ${key}\n`;
const sa = { protocol: "ah", authentication: ["hmac(md5)", key, 96] } as const;
const silent: Shown = { exit: 0, stdout: "", stderr: "" };

/** Where nothing comes, a program is ended. */
const timeout = 60_000;

/** The program bin/ipseckey, as a process of its own. */
export function describeProgram(via: string): void {
  function begin(argv: readonly string[]) {
    const env = { PATH: process.env["PATH"], TZ: "UTC" };
    const child = spawn(bin, [`--via=${via}`, ...argv], { env, timeout });
    const shown = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("latin1").on("data", (text) => {
        shown[name] += text;
      });
    }
    return {
      child,
      /** Resolves when standard output holds the text. */
      async shows(text: string): Promise<void> {
        while (!shown.stdout.includes(text)) await once(child.stdout, "data");
      },
      ended: once(child, "close").then(([exit]): Shown => ({ exit, ...shown })),
    };
  }

  function ipseckey(argv: readonly string[], input = ""): Promise<Shown> {
    const { child, ended } = begin(argv);
    child.stdin.end(input);
    return ended;
  }

  describe("the program", () => {
    test("loads, lists, saves to a file, loads that and flushes", async () => {
      using machine = kernelMachine(via);
      const folder = mkdtempSync(join(tmpdir(), "ipseckey-"));
      try {
        const [keys, saved] = [join(folder, "keys"), join(folder, "saved")];
        writeFileSync(keys, add, { mode: 0o600 });
        assert.deepEqual(await ipseckey(["-f", keys]), silent);
        assert.equal(machine.state(), stateText(sa));
        const { stdout, ...rest } = await ipseckey(["-n", "dump", "ah"]);
        assert.match(
          stdout,
          /^Base message \(version 2\) type DUMP, SA type AH\.\n[\s\S]*\nDump succeeded for SA type 2\.\n$/,
        );
        assert.deepEqual(rest, { exit: 0, stderr: "" });
        assert.deepEqual(await ipseckey(["save", "ah", saved]), silent);
        assert.equal(statSync(saved).mode & 0o777, 0o400);
        assert.equal(readFileSync(saved, "latin1").includes(`authkey ${key}/128`), true);
        assert.deepEqual(await ipseckey(["flush"]), silent);
        assert.equal(machine.state(), "");
        assert.deepEqual(await ipseckey(["-f", saved]), silent);
        assert.equal(machine.state(), stateText(sa));
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    test("reads commands from a pipe", async () => {
      using machine = kernelMachine(via);
      const { stdout, stderr, exit } = await ipseckey([], `${add}${add}exit\n`);
      assert.deepEqual([stdout, exit], ["ipseckey> ".repeat(3), 1]);
      assert.match(
        stderr,
        /Association \(type = ah\) with spi 0x100 and addr\n192\.0\.2\.2 already exists\.\n$/,
      );
      assert.equal(machine.state(), stateText(sa));
    });

    test("monitors until SIGINT", async () => {
      using machine = kernelMachine(via);
      const { child, shows, ended } = begin(["-n", "pmonitor"]);
      await shows("Passively");
      assert.deepEqual(await machine.load(add), silent);
      assert.deepEqual(await machine.ipseckey(["flush"]), silent);
      await shows("type FLUSH");
      child.kill("SIGINT");
      const { stdout, ...rest } = await ended;
      assert.deepEqual(
        [...stdout.matchAll(/^Base message .* type (\w+), /gm)].map(([, type]) => type),
        ["ADD", "FLUSH"],
      );
      assert.deepEqual(rest, { exit: 2, stderr: "ipseckey: Bailing on signal 2.\n" });
    });
  });
}
