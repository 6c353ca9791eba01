import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type StateOfSa, stateText } from "./ip-state.ts";
import { getReply } from "./kernel-listings.ts";
import { kernelMachine, maskShown } from "./kernel-machine.ts";
import { wayOf } from "./ways.ts";

/** A run of the command, and the SADB behind it. */
interface Row {
  name: string;
  /** A file that was carried out before. */
  given?: string;
  /** A file, or the words of one command. */
  run: string | readonly string[];
  stdout?: string;
  /** Without what a file's end adds, and with `WAY` for the way to the kernel; standard error is empty and the status 0 unless it is given. */
  stderr?: string;
  /** What the kernel says besides, over a way that has words for it. */
  kernelSays?: string;
  exit?: number;
  /** The SAs that are there afterwards, the newest first. */
  leaves: readonly StateOfSa[];
}

const key = "00112233445566778899aabbccddeeff";
const aes = `encralg aes encrkey ${key}`;
const md5 = `authalg md5 authkey ${key}`;
const ends = "src 192.0.2.1 dst 192.0.2.2";

const esp: StateOfSa = { encryption: ["cbc(aes)", key] };
const ah: StateOfSa = { protocol: "ah", authentication: ["hmac(md5)", key, 96] };
const ipv6: StateOfSa = { src: "2001:db8::1", dst: "2001:db8::2" };

const addEsp = `add esp spi 0x100 ${ends} ${aes}\n`;
const addAh = `add ah spi 0x100 ${ends} ${md5}\n`;
const addBoth = addEsp + addAh;
const addMany = `add ah spi 0x100 dst many ${md5}\n`;
const naming = ["spi", "0x100", "dst", "192.0.2.2"];

const many: readonly StateOfSa[] = [
  { ...ah, src: "::", dst: "2001:db8::21" },
  { ...ah, src: "0.0.0.0", dst: "192.0.2.22" },
  { ...ah, src: "0.0.0.0", dst: "192.0.2.21" },
];

const missing = (saType: string, addr = "192.0.2.2"): string =>
  `ipseckey: Association (type = ${saType}) with spi 0x100 and addr\n${addr} does not exist.\n`;
const inFile = (text: string, line = 1): string => text.replace("ipseckey: ", `ipseckey: keys:${line}: `);
const exists = inFile(missing("esp").replace("does not exist", "already exists"));
const noFunction = inFile("ipseckey: return message (in doaddresses): Function not implemented\n");
const parseError = (column: number, text: string): string =>
  `ipseckey: keys:1:${column}: ${text}\nipseckey: Parse error on line 1.\n`;

const kept = (word: string): string =>
  `${word} cannot be changed on Linux: Linux leaves it as it is once an SA is mature: delete the SA and add it anew.`;

// biome-ignore format: one row a line
const rows: readonly Row[] = [
  { name: "add: ESP", run: addEsp, leaves: [esp] },
  { name: "add: AH", run: addAh, leaves: [ah] },
  { name: "add: ESP over IPv6", run: `add esp spi 0x100 src6 2001:db8::1 dst6 2001:db8::2 ${aes}\n`, leaves: [{ ...esp, ...ipv6 }] },
  { name: "add: AH over IPv6", run: `add ah spi 0x100 src 2001:db8::1 dst 2001:db8::2 ${md5}\n`, leaves: [{ ...ah, ...ipv6 }] },
  { name: "add: addresses of IPv4 in IPv6's form", run: `add esp spi 0x100 src ::ffff:192.0.2.1 dst ::ffff:192.0.2.2 ${aes}\n`, leaves: [esp] },
  { name: "add: link-local addresses", run: `add esp spi 0x100 src fe80::1 dst fe80::2 ${aes}\n`, leaves: [{ ...esp, src: "fe80::1", dst: "fe80::2" }] },
  { name: "add: to a group", run: `add esp spi 0x100 src 192.0.2.1 dst 224.0.0.5 ${aes}\n`, leaves: [{ ...esp, dst: "224.0.0.5" }] },
  { name: "add: authentication alone, without a cipher", run: `add esp spi 0x100 ${ends} ${md5}\n`, leaves: [{ ...ah, protocol: "esp", encryption: ["ecb(cipher_null)", ""] }] },
  { name: "add: both directions, the same SPI in both types", given: addBoth, run: `add esp spi 0x100 src 192.0.2.2 dst 192.0.2.1 ${aes}\n`, leaves: [{ ...esp, src: "192.0.2.2", dst: "192.0.2.1" }, ah, esp] },
  { name: "add: every address of a name", run: addMany, leaves: many },
  { name: "add: every IPv6 address of a name", run: `add ah spi 0x100 dst6 many ${md5}\n`, leaves: [many[0]!] },
  { name: "add: the least and the greatest SPI", run: addEsp.replace("0x100", "1") + addEsp.replace("0x100", "0xffffffff"), leaves: [{ ...esp, spi: 0xffffffff }, { ...esp, spi: 1 }] },
  { name: "add: a tunnel for IPv6 in IPv4", run: `add esp spi 0x100 ${ends} ${aes} isrc 2001:db8:1::/48\n`, leaves: [{ ...esp, mode: "tunnel", selector: "2001:db8:1::/48" }] },
  { name: "add: a tunnel for IPv4 in IPv6", run: `add esp spi 0x100 src 2001:db8::1 dst 2001:db8::2 ${aes} idst 0.0.0.0/0\n`, leaves: [{ ...esp, ...ipv6, mode: "tunnel", selector: "0.0.0.0/0" }] },
  { name: "add: the widest window", run: addEsp.replace("\n", " replay 32\n"), stderr: `ipseckey: keys:1:${addEsp.length + 1}: WARNING: Replay with manual keying considered harmful.\n`, exit: 0, leaves: [{ ...esp, replay: 32 }] },
  { name: "add: every limit", run: addEsp.replace("\n", " soft_bytes 1 hard_bytes 2 soft_alloc 3 hard_alloc 4 soft_addtime 500 hard_addtime 600 soft_usetime 700 hard_usetime 800\n"), leaves: [{ ...esp, soft: { bytes: 1n, packets: 3n, addTime: 500, useTime: 700 }, hard: { bytes: 2n, packets: 4n, addTime: 600, useTime: 800 } }] },
  { name: "add: the greatest limits", run: addEsp.replace("\n", " soft_bytes 18446744073709551614 hard_alloc 4294967295 hard_addtime 4294967295\n"), leaves: [{ ...esp, soft: { bytes: 18446744073709551614n }, hard: { packets: 4294967295n, addTime: 4294967295 } }] },
  { name: "add: again", given: addEsp, run: addEsp, stderr: exists, exit: 1, leaves: [esp] },
  { name: "add: again from another source", given: addEsp, run: addEsp.replace("192.0.2.1", "192.0.2.7"), stderr: exists, exit: 1, leaves: [esp] },
  { name: "add: an algorithm that PF_KEY does not have", run: `add esp spi 0x100 ${ends} encralg 99 encrkey ${key}\n`, stderr: noFunction, exit: 1, leaves: [] },
  { name: "add: an authentication that PF_KEY does not have", run: `add ah spi 0x100 ${ends} authalg 99 authkey ${key}\n`, stderr: noFunction, exit: 1, leaves: [] },
  { name: "add: an algorithm that this kernel does not have", run: `add ah spi 0x100 ${ends} authalg 10 authkey ${key}${key}\n`, stderr: noFunction, kernelSays: "Requested AUTH_TRUNC algorithm not found", exit: 1, leaves: [] },
  { name: "add: SPI 0", run: addEsp.replace("0x100", "0"), stderr: parseError(13, 'Invalid SPI value "0".'), exit: 1, leaves: [] },
  { name: "add: a key that is too long", run: addEsp.replace(key, `${key}11`), stderr: parseError(59, "Bad number of encryption bits: 136 found, aes-cbc takes 128, 192 or 256 bits."), exit: 1, leaves: [] },
  { name: "add: a key that is too short", run: addAh.replace(key, "0011"), stderr: parseError(58, "Bad number of authentication bits: 16 found, hmac-md5 takes 128 bits."), exit: 1, leaves: [] },
  { name: "add: a weak key", run: `add esp spi 0x100 ${ends} encralg des encrkey 0101010101010101\n`, stderr: parseError(59, "Weak encryption key."), exit: 1, leaves: [] },
  { name: "add: encryption in AH", run: addAh.replace("\n", ` ${aes}\n`), stderr: parseError(99, "Cannot specify encryption with SA type ah."), exit: 1, leaves: [] },
  { name: "add: source and destination of different families", run: addEsp.replace("192.0.2.2", "2001:db8::2"), stderr: parseError(23, "No IPv6 source address of matching scope for name 192.0.2.1: 2001:db8::2 is left out."), exit: 1, leaves: [] },
  { name: "add: from the shell", run: ["add", "esp", ...naming, "encralg", "aes", "encrkey", key], stderr: "ipseckey: Can't do add from the command line, where everybody could read the keys: use the prompt or -f.\n", exit: 1, leaves: [] },
  { name: "add: the right ones of a file with mistakes", run: `${addEsp}bogus\n${addEsp}add esp spi 0x101 dst 192.0.2.2 encralg aes encrkey zz\n${addAh}`, stderr: `ipseckey: keys:2:1: Unknown command (bogus).\nipseckey: Parse error on line 2.\n${inFile(exists.replace("keys:1: ", ""), 3)}ipseckey: keys:4:53: string (key) is not a hex string.\nipseckey: Parse error on line 4.\n`, exit: 1, leaves: [ah, esp] },

  { name: "update: limits, one after the other", given: addEsp, run: "update esp spi 0x100 dst 192.0.2.2 soft_bytes 1 hard_bytes 2 hard_addtime 600\nupdate esp spi 0x100 dst 192.0.2.2 hard_bytes 3\n", leaves: [{ ...esp, soft: { bytes: 1n }, hard: { bytes: 3n, addTime: 600 } }] },
  { name: "update: AH over IPv6", given: `add ah spi 0x100 dst 2001:db8::2 ${md5}\n`, run: "update ah spi 0x100 dst 2001:db8::2 soft_alloc 7\n", leaves: [{ ...ah, src: "::", dst: "2001:db8::2", soft: { packets: 7n } }] },
  { name: "update: every address of a name", given: addMany, run: "update ah spi 0x100 dst many hard_usetime 9\n", leaves: many.map((sa) => ({ ...sa, hard: { useTime: 9 } })) },
  { name: "update: nothing", given: addEsp, run: "update esp spi 0x100 dst 192.0.2.2\n", leaves: [esp] },
  { name: "update: what is not there", run: "update esp spi 0x100 dst 192.0.2.2 hard_bytes 5\n", stderr: inFile(missing("esp")), exit: 1, leaves: [] },
  { name: "update: what it says already", given: addEsp, run: `update esp spi 0x100 ${ends} ${aes} hard_bytes 5\n`, leaves: [{ ...esp, hard: { bytes: 5n } }] },
  { name: "update: a tunnel whose inner source is the outer one", given: `add esp spi 0x100 ${ends} ${aes} isrc 192.0.2.1\n`, run: "update esp spi 0x100 dst 192.0.2.2 isrc 192.0.2.1 hard_bytes 5\n", leaves: [{ ...esp, mode: "tunnel", selector: "192.0.2.1/32", hard: { bytes: 5n } }] },
  { name: "update: such a tunnel to any inner source", given: `add esp spi 0x100 ${ends} ${aes} isrc 192.0.2.1\n`, run: "update esp spi 0x100 dst 192.0.2.2 isrc 0.0.0.0/0 hard_bytes 5\n", stderr: parseError(36, kept("isrc")), exit: 1, leaves: [{ ...esp, mode: "tunnel", selector: "192.0.2.1/32" }] },
  { name: "update: another key, and a limit", given: addEsp, run: `update esp spi 0x100 dst 192.0.2.2 encrkey ${"11".repeat(16)} hard_bytes 5\n`, stderr: parseError(36, kept("encrkey")), exit: 1, leaves: [esp] },

  { name: "delete: ESP", given: addBoth, run: ["delete", "esp", ...naming], leaves: [ah] },
  { name: "delete: AH", given: addBoth, run: ["delete", "ah", ...naming], leaves: [esp] },
  { name: "delete: whatever the source", given: addEsp, run: ["delete", "esp", ...naming, "src", "192.0.2.9"], leaves: [] },
  { name: "delete: every address of a name", given: addEsp + addMany, run: ["delete", "ah", "spi", "0x100", "dst", "many"], leaves: [esp] },
  { name: "delete: every address of a name but one that is not there", given: `${addMany}delete ah spi 0x100 dst 192.0.2.22\n`, run: ["delete", "ah", "spi", "0x100", "dst", "many"], stderr: missing("ah", "192.0.2.22"), exit: 1, leaves: [] },
  { name: "delete: what is not there", given: addEsp, run: ["delete", "ah", ...naming], stderr: missing("ah"), exit: 1, leaves: [esp] },

  { name: "get", given: addEsp, run: ["get", "esp", ...naming], stdout: getReply.named, leaves: [esp] },
  { name: "get: whatever the source", given: addEsp, run: ["get", "esp", ...naming, "src", "192.0.2.9"], stdout: getReply.named, leaves: [esp] },
  { name: "get: -n", given: addEsp, run: ["-n", "get", "esp", ...naming], stdout: getReply.numeric, leaves: [esp] },
  { name: "get: -n -p", given: addEsp, run: ["-np", "get", "esp", ...naming], stdout: getReply.numeric.replace(key, "X".repeat(32)), leaves: [esp] },
  { name: "get: -n -v", given: addEsp, run: ["-n", "-v", "get", "esp", ...naming], stdout: getReply.verbose, stderr: "ipseckey: talking to the kernel by WAY\n", leaves: [esp] },
  { name: "get: what is not there", given: addAh, run: ["get", "esp", ...naming], stderr: missing("esp"), exit: 1, leaves: [ah] },
  { name: "get: without a destination", given: addEsp, run: ["get", "esp", "spi", "0x100"], stderr: "ipseckey: Need destination address for get: dst and an address.\n", exit: 1, leaves: [esp] },

  { name: "flush", given: addBoth, run: ["flush"], leaves: [] },
  { name: "flush: all", given: addBoth, run: ["flush", "all"], leaves: [] },
  { name: "flush: ESP", given: addBoth, run: ["flush", "esp"], leaves: [ah] },
  { name: "flush: AH", given: addBoth, run: ["flush", "ah"], leaves: [esp] },
  { name: "flush: nothing", run: ["flush"], leaves: [] },
  { name: "flush: nothing of its type", given: addAh, run: ["flush", "esp"], leaves: [ah] },
  { name: "flush: a type that is not IPsec's of illumos", given: addAh, run: ["flush", "ipcomp"], stderr: "ipseckey: Unknown SA type (ipcomp). Expected all, ah, esp or a number.\n", exit: 1, leaves: [ah] },

  { name: "dump: nothing", run: ["dump"], stdout: "Dump succeeded for SA type 0.\n", leaves: [] },
  { name: "dump: nothing of its type", given: addEsp, run: ["dump", "ah"], stdout: "Dump succeeded for SA type 2.\n", leaves: [esp] },
  { name: "dump: ESP", given: addBoth, run: ["-n", "dump", "esp"], stdout: `${getReply.numeric.replace("GET", "DUMP")}\nDump succeeded for SA type 3.\n`, leaves: [ah, esp] },
  { name: "save: nothing", run: ["save", "all"], stdout: "# This key file was generated by the ipseckey(1m) command's 'save' feature.\n\n", leaves: [] },

  { name: "-c: sends nothing", run: ["-c", "keys"], leaves: [] },
  { name: "--dialect: the kernel's own", given: addEsp, run: ["--dialect=linux", "delete", "esp", ...naming], leaves: [] },
  { name: "--dialect: another one", given: addEsp, run: ["--dialect=illumos", "flush"], stderr: 'ipseckey: "illumos" is not the dialect of this kernel: it speaks linux\n', exit: 1, leaves: [esp] },
  { name: "--compat=illumos: dump", given: addEsp, run: ["--compat=illumos", "-n", "dump"], stdout: `${getReply.numeric.replace("GET", "DUMP")}\nDump succeeded for SA type 0.\n`, leaves: [esp] },
  { name: "--compat=illumos: flush", given: addEsp, run: ["--compat=illumos", "flush"], leaves: [] },
];

/** What is said at the end of a file that was not wholly carried out. */
const summary = /^ipseckey: \d+ of \d+ commands? failed; \d+ took effect\.\n$/m;

/** Every command, one run each, with what becomes of the SADB. */
export function describeCommands(via: string): void {
  const way = wayOf(via);

  describe("commands", () => {
    for (const { name, given, run, stdout = "", stderr = "", kernelSays, exit = 0, leaves } of rows) {
      const words = kernelSays && way.kernelWords ? `The kernel says: ${kernelSays}\n` : "";
      test(name, async () => {
        using machine = kernelMachine(via);
        if (given !== undefined) {
          assert.deepEqual(await machine.load(given), { exit: 0, stdout: "", stderr: "" });
        } else machine.files.set("keys", { content: addEsp, mode: 0o600 });
        const shown = maskShown(
          typeof run === "string" ? await machine.load(run) : await machine.ipseckey(run),
        );
        assert.deepEqual(
          { ...shown, stderr: shown.stderr.replace(summary, "") },
          { stdout, stderr: stderr.replace("WAY", way.name) + words, exit },
        );
        assert.equal(machine.state(), stateText(...leaves));
      });
    }
  });
}
