import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type StateOfSa, stateText } from "./ip-state.ts";
import { type KernelMachine, kernelMachine } from "./kernel-machine.ts";
import type { Shown } from "./machine.ts";
import { example7, example8, example10, example11, saved, saveHeader } from "./seed-texts.ts";

const silent: Shown = { exit: 0, stdout: "", stderr: "" };
const prompts = (count: number): Shown => ({ ...silent, stdout: "ipseckey> ".repeat(count) });

const back = { src: "192.0.2.2", dst: "192.0.2.1" } as const;
const hmacMd5 = (key: string) => ({ authentication: ["hmac(md5)", key, 96] }) as const;
const ahKey = "1234567890abcdef1234567890abcdef";
const espKey = "bde359723576fdea08e56cbe876e24ad";
const eightHours = { hard: { useTime: 28800 } } as const;
const withDes = { encryption: ["cbc(des)", "be02938e7def2839"], ...eightHours } as const;

const ah90125: StateOfSa = {
  protocol: "ah",
  spi: 0x90125,
  ...hmacMd5(ahKey),
  hard: { bytes: 16_000_000n },
};
const ah2112: StateOfSa = { ...ah90125, ...back, spi: 0x2112, ...hmacMd5(espKey) };
const esp2112: StateOfSa = { spi: 0x2112, ...hmacMd5(espKey), ...withDes };
const esp5150: StateOfSa = {
  ...back,
  spi: 0x5150,
  ...hmacMd5("930987dbe09743ade09d92b4097d9e93"),
  encryption: ["cbc(des)", "8bd4a52e10127deb"],
  ...eightHours,
};
const esp6789: StateOfSa = {
  ...esp2112,
  src: "fec0:bbbb::4483",
  dst: "fec0:bbbb::7843",
  spi: 0x6789,
};

/** The manual page's examples, as printed there; the hosts are those of the machine. */
export function describeSeedExamples(via: string): void {
  /** The SAs of examples 7 and 10. */
  async function load({ ipseckey, files, state }: KernelMachine): Promise<void> {
    files.set("keys", { content: example10, mode: 0o600 });
    assert.deepEqual(await ipseckey([], example7), prompts(3));
    assert.deepEqual(await ipseckey(["-f", "keys"]), silent);
    assert.equal(state(), stateText(esp5150, esp2112, ah90125));
  }

  describe("the manual page's examples", () => {
    test("1: empties out all SAs", async () => {
      using machine = kernelMachine(via);
      await load(machine);
      assert.deepEqual(await machine.ipseckey(["flush"]), silent);
      assert.equal(machine.state(), "");
    });

    test("2: flushes out AH SAs only", async () => {
      using machine = kernelMachine(via);
      await load(machine);
      assert.deepEqual(await machine.ipseckey(["flush", "ah"]), silent);
      assert.equal(machine.state(), stateText(esp5150, esp2112));
    });

    test("3: saves all SAs to the standard output", async () => {
      using machine = kernelMachine(via);
      await load(machine);
      const stdout = saveHeader + saved.esp5150 + saved.esp2112 + saved.ah90125;
      assert.deepEqual(await machine.ipseckey(["save", "all"]), { ...silent, stdout });
      assert.equal(machine.state(), stateText(esp5150, esp2112, ah90125));
    });

    test("4: saves ESP SAs to the file /tmp/snapshot", async () => {
      using machine = kernelMachine(via);
      await load(machine);
      assert.deepEqual(await machine.ipseckey(["save", "esp", "/tmp/snapshot"]), silent);
      assert.deepEqual(machine.files.get("/tmp/snapshot"), {
        content: saveHeader + saved.esp5150 + saved.esp2112,
        mode: 0o400,
      });
    });

    test("5: deletes an SA by SPI and destination", async () => {
      using machine = kernelMachine(via);
      const { ipseckey, state } = machine;
      const add = "add esp spi 0x2112 dst 224.0.0.1 encralg des encrkey be02938e7def2839\nexit\n";
      assert.deepEqual(await ipseckey([], add), prompts(2));
      const there: StateOfSa = {
        src: "0.0.0.0",
        dst: "224.0.0.1",
        spi: 0x2112,
        encryption: withDes.encryption,
      };
      assert.equal(state(), stateText(there));
      const words = ["delete", "esp", "spi", "0x2112", "dst", "224.0.0.1"];
      assert.deepEqual(await ipseckey(words), silent);
      assert.equal(state(), "");
      const stderr =
        "ipseckey: Association (type = esp) with spi 0x2112 and addr\n224.0.0.1 does not exist.\n";
      assert.deepEqual(await ipseckey(words), { stdout: "", stderr, exit: 1 });
    });

    test("6: gets an SA by SPI and destination", async () => {
      using machine = kernelMachine(via);
      const words = ["get", "ah", "spi", "0x5150", "dst", "mypeer"];
      const stderr =
        "ipseckey: Association (type = ah) with spi 0x5150 and addr\n192.0.2.9 does not exist.\n";
      assert.deepEqual(await machine.ipseckey(words), { stdout: "", stderr, exit: 1 });
      assert.deepEqual(
        await machine.load(`add ah spi 0x5150 dst mypeer authalg md5 authkey ${ahKey}`),
        silent,
      );
      const { stdout, ...rest } = await machine.ipseckey(words);
      const shown = stdout.split("\n").filter((line) => /^(SA|SRC|DST|PXY|AKY|OTH): /.test(line));
      assert.deepEqual(
        [shown, rest],
        [
          [
            "SA: SADB_ASSOC spi=0x5150, replay window size=0, state=MATURE",
            "SA: Authentication algorithm = hmac-md5",
            "SA: flags=0x0 < >",
            "SRC: Source address (proto=0/<unspecified>)",
            "SRC: AF_INET: port 0, 0.0.0.0/32 <unspecified>.",
            "DST: Destination address (proto=0/<unspecified>)",
            "DST: AF_INET: port 0, 192.0.2.9/32 (mypeer).",
            "AKY: Authentication key.",
            `AKY: ${ahKey}/128`,
            "OTH: Mode transport, request id=0, sequence=0",
          ],
          { stderr: "", exit: 0 },
        ],
      );
    });

    test("7: adds and updates an SA at the prompt", async () => {
      using machine = kernelMachine(via);
      assert.deepEqual(await machine.ipseckey([], example7), prompts(3));
      assert.equal(machine.state(), stateText(ah90125));
    });

    test("8: adds an SA in the opposite direction", async () => {
      using machine = kernelMachine(via);
      assert.deepEqual(await machine.ipseckey([], example7), prompts(3));
      assert.deepEqual(await machine.ipseckey([], example8), prompts(2));
      assert.equal(machine.state(), stateText(ah2112, ah90125));
    });

    test("10: runs the commands of a file", async () => {
      using machine = kernelMachine(via);
      const { ipseckey, files, state } = machine;
      await load(machine);
      // It begins with a flush: what it adds is there once.
      assert.deepEqual(await ipseckey([], "load keys\nexit\n"), prompts(2));
      assert.equal(state(), stateText(esp5150, esp2112, ah90125));
      files.set("keys", { content: `${example10}save esp again\n`, mode: 0o600 });
      assert.deepEqual(await ipseckey(["-f", "keys"]), silent);
      assert.equal(files.get("again")?.content, saveHeader + saved.esp5150 + saved.esp2112);
    });

    test("11: adds an SA for IPv6 addresses", async () => {
      using machine = kernelMachine(via);
      assert.deepEqual(await machine.ipseckey([], example11), prompts(2));
      assert.equal(machine.state(), stateText(esp6789));
      const { stdout } = await machine.ipseckey(["-p", "save", "esp"]);
      const text = saved.esp2112
        .replace("0x2112", "0x6789")
        .replace("192.0.2.1", "fec0:bbbb::4483")
        .replace("192.0.2.2", "fec0:bbbb::7843")
        .replace(espKey, "X".repeat(32))
        .replace("be02938e7def2839", "X".repeat(16));
      assert.equal(stdout, saveHeader + text);
    });
  });
}
