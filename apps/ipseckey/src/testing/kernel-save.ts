import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { stateText } from "./ip-state.ts";
import { type KernelMachine, kernelMachine } from "./kernel-machine.ts";
import type { Shown } from "./machine.ts";
import { wayOf } from "./ways.ts";

const silent: Shown = { exit: 0, stdout: "", stderr: "" };
const md5 = "authalg md5 authkey 00112233445566778899aabbccddeeff";
const aes = "encralg aes encrkey ffeeddccbbaa99887766554433221100";
const ipv4 = "src 192.0.2.1 dst 192.0.2.2";
const ipv6 = "src 2001:db8::1 dst 2001:db8::2";

/** One SA of each kind. */
const everyKind = [
  `add ah spi 0x1001 ${ipv4} ${md5}`,
  `add ah spi 0x1002 ${ipv6} ${md5}`,
  `add ah spi 0x1003 dst 192.0.2.2 ${md5}`,
  `add ah spi 0x1004 dst 2001:db8::2 ${md5}`,
  `add esp spi 0x1005 ${ipv4} ${aes}`,
  `add esp spi 0x1006 ${ipv6} ${aes} ${md5}`,
  `add esp spi 0x1007 ${ipv4} encralg null ${md5}`,
  `add esp spi 0x1008 ${ipv4} ${aes} isrc 10.1.0.0/16`,
  `add esp spi 0x1009 ${ipv4} ${aes} isrc 192.0.2.1`,
  `add esp spi 0x100a ${ipv4} ${aes} idst 0.0.0.0/0`,
  `add esp spi 0x100b dst 192.0.2.2 ${aes} iproto 0`,
  `add ah spi 0x100c ${ipv6} ${md5} isrc 2001:db8:1::/48`,
  `add esp spi 0x100d ${ipv4} ${aes} encap udp nat_loc 192.0.2.1 nat_lport 4501 nat_rport 4502`,
  `add esp spi 0x100e ${ipv4} ${aes} encap udp inbound nat_lport 4503`,
  `add esp spi 0x100f ${ipv6} ${aes} encap udp nat_rem 2001:db8::2`,
  `add esp spi 0x1010 ${ipv4} ${aes} encap udp nat_loc 192.0.2.1 isrc 10.2.0.0/16 idst 0.0.0.0/0`,
  `add esp spi 0x1011 ${ipv4} ${aes} soft_bytes 1 hard_bytes 2 soft_alloc 3 hard_alloc 4`,
  `add esp spi 0x1012 ${ipv4} ${aes} soft_addtime 50000 hard_addtime 60000 soft_usetime 70000 hard_usetime 80000`,
  `add ah spi 0x1013 ${ipv4} ${md5} hard_bytes 18446744073709551614`,
  `add esp spi 0x1014 src fe80::1 dst fe80::2 ${aes}`,
  `add esp spi 0x1015 ${ipv4} ${aes} replay 32`,
];

/** What the original says, too. */
const replayWarning = /^ipseckey: \w+:\d+:\d+: WARNING: Replay with manual keying considered harmful\.\n/gm;

const quiet = ({ stderr, ...rest }: Shown): Shown => ({
  ...rest,
  stderr: stderr.replaceAll(replayWarning, ""),
});

/** The SAs of a listing, apart from each other and in the order of their text. */
const sorted = (state: string): string[] => state.split(/^(?=src )/m).toSorted();

/** Saved, and loaded again. */
export function describeSave(via: string): void {
  async function filled(machine: KernelMachine): Promise<string> {
    assert.deepEqual(quiet(await machine.load(`${everyKind.join("\n")}\n`)), silent);
    const state = machine.state();
    assert.equal(sorted(state).length, everyKind.length);
    return state;
  }

  /** Empties the SADB and loads a file. */
  async function reload({ ipseckey, state }: KernelMachine, file: string): Promise<string> {
    assert.deepEqual(await ipseckey(["flush"]), silent);
    assert.equal(state(), "");
    assert.deepEqual(quiet(await ipseckey(["-f", file])), silent);
    return state();
  }

  describe("save", () => {
    for (const argv of [
      ["-s", "saved"],
      ["save", "all", "saved"],
    ]) {
      test(`${argv.join(" ")}, and load again`, async () => {
        using machine = kernelMachine(via);
        const { ipseckey, files } = machine;
        const before = await filled(machine);
        assert.deepEqual(await ipseckey(argv), silent);
        assert.equal(files.get("saved")?.mode, 0o400);
        assert.deepEqual(sorted(await reload(machine, "saved")), sorted(before));
        // The newest is saved first, so the second time the order is that of the beginning.
        assert.deepEqual(await ipseckey(["save", "all", "again"]), silent);
        assert.equal(await reload(machine, "again"), before);
      });
    }

    test("of each type by itself", async () => {
      using machine = kernelMachine(via);
      const { ipseckey, files } = machine;
      const before = await filled(machine);
      for (const type of ["ah", "esp"]) {
        assert.deepEqual(await ipseckey(["save", type, type]), silent);
        const only = sorted(before).filter((sa) => sa.includes(`proto ${type} `));
        assert.equal(files.get(type)?.content.split("# begin assoc").length, only.length + 1);
        assert.deepEqual(sorted(await reload(machine, type)), only);
        await reload(machine, "keys");
      }
    });

    test("to standard output", async () => {
      using machine = kernelMachine(via);
      const { ipseckey, files } = machine;
      const before = await filled(machine);
      const { stdout, ...rest } = await ipseckey(["save", "all"]);
      assert.deepEqual(rest, { exit: 0, stderr: "" });
      assert.deepEqual(await ipseckey(["-s", "-"]), { ...silent, stdout });
      files.set("saved", { content: stdout, mode: 0o400 });
      assert.deepEqual(sorted(await reload(machine, "saved")), sorted(before));
    });

    test("without keys loads nothing", async () => {
      using machine = kernelMachine(via);
      const { ipseckey, state } = machine;
      await filled(machine);
      assert.deepEqual(await ipseckey(["-p", "-s", "saved"]), silent);
      await ipseckey(["flush"]);
      const { exit, stdout, stderr } = await ipseckey(["-f", "saved"]);
      assert.deepEqual([exit, stdout], [1, ""]);
      assert.equal(
        stderr.split("string (key) is not a hex string.").length - 1 >= everyKind.length,
        true,
        stderr,
      );
      assert.equal(state(), "");
    });

    test("what Linux does not show as it is cannot be loaded", async () => {
      using machine = kernelMachine(via);
      const { ipseckey, load, state } = machine;
      assert.deepEqual(await load(`add esp spi 0x100 ${ipv4} ${aes} isrc 2001:db8:1::/48\n`), silent);
      assert.deepEqual(await ipseckey(["-s", "saved"]), {
        ...silent,
        stderr:
          "ipseckey: WARNING: esp spi 0x100: it cannot be loaded, as /48 is no prefix of the inner source\n" +
          wayOf(via).otherFamily,
      });
      assert.deepEqual(await reload(machine, "saved"), stateText());
      assert.equal(state(), "");
    });
  });
}
