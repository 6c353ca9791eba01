import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe } from "node:test";
import { exampleFile, exampleHeld } from "./example.ts";
import { kernelTest } from "./kernel-machine.ts";
import { ahEntry, manualPage, policyEntry } from "./manual-page.ts";

const esp = (spi: number) => `add 192.0.2.1 192.0.2.2 esp ${spi} -E null;\n`;
const espHeld = (spi: number) =>
  `src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x${spi.toString(16).padStart(8, "0")} reqid 0 mode transport replay-window 0 enc ecb(cipher_null)`;
const policy = "spdadd 192.0.2.1 192.0.2.2 any -P out none;\n";
const policyHeld = "src 192.0.2.1/32 dst 192.0.2.2/32 dir out priority 2147483648 ptype main";
const nothing = { states: [], policies: [] };
const silence = { stdout: "", stderr: "", exit: 0 };

/** A row: what is run, what it says, and what the kernel holds then. */
type Row = [
  name: string,
  text: string,
  outcome: { stdout?: string; stderr?: string; exit: number },
  held: { states?: string[]; policies?: string[] },
];

// biome-ignore format: a table
const rows: Row[] = [
  ["deleteall deletes all of that protocol between those addresses, and nothing else",
    `${esp(1001)}${esp(1002)}${esp(1003)}
     add 192.0.2.1 192.0.2.2 ah 1001 -A hmac-md5 "0123456789abcdef";
     add 192.0.2.1 192.0.2.3 esp 1001 -E null;
     deleteall 192.0.2.1 192.0.2.2 esp;`,
    { exit: 0 },
    { states: [
      espHeld(1001).replace("dst 192.0.2.2", "dst 192.0.2.3"),
      "src 192.0.2.1 dst 192.0.2.2 proto ah spi 0x000003e9 reqid 0 mode transport replay-window 32 auth-trunc hmac(md5) 0x30313233343536373839616263646566 96",
    ] }],
  ["says what the kernel refused, carries the rest out, and exits with 1",
    `${esp(1001)}${esp(1001)}delete 192.0.2.1 192.0.2.2 esp 1002;
get 192.0.2.1 192.0.2.2 esp 1003;
spddelete 192.0.2.1 192.0.2.2 any -P out;
${policy}${policy}${esp(1004)}`,
    { stderr: `The result of line 2: File exists.
setkey: line 2: there is an SA with this destination, SPI and protocol; the source makes no difference
The result of line 3: No such process.
setkey: line 3: no SA has this destination, SPI and protocol
The result of line 4: No such process.
setkey: line 4: no SA has this destination, SPI and protocol
The result of line 5: No entry.
setkey: line 5: no policy has this selector and direction
The result of line 7: File exists.
setkey: line 7: there is a policy with this selector and direction: spdupdate replaces it
`, exit: 1 },
    { states: [espHeld(1004), espHeld(1001)], policies: [policyHeld] }],
  ["takes the second answer to a flush for no other statement's",
    `${esp(1001)}${policy}flush;\n${esp(1002)}spdflush;\n${policy}flush;dump;spddump;`,
    { stdout: `The result of line 7: No SAD entries.
192.0.2.1[any] 192.0.2.2[any] any
	out prio def none
	created: DATE  lastused:                     
	lifetime: 0(s) validtime: 0(s)
	spid=9 seq=0 pid=PID
	refcnt=N
`, exit: 0 },
    { policies: [policyHeld] }],
  ["sends a mode, a replay window for what is authenticated, and an in policy for fwd too",
    `add 192.0.2.1 192.0.2.2 ah 1001 -A hmac-sha1 "01234567890123456789";
     add 192.0.2.1 192.0.2.2 esp 1002 -E aes-cbc "0123456789abcdef" -A hmac-sha1 "01234567890123456789";
     add 192.0.2.1 192.0.2.2 esp 1003 -E aes-cbc "0123456789abcdef";
     add 192.0.2.1 192.0.2.2 ipcomp 1004 -C deflate;
     spdadd 192.0.2.1 192.0.2.2 any -P in ipsec ah/transport//require;`,
    { exit: 0 },
    { states: [
        "src 192.0.2.1 dst 192.0.2.2 proto comp spi 0x000003ec reqid 0 mode transport replay-window 0 comp deflate",
        "src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x000003eb reqid 0 mode transport replay-window 0 enc cbc(aes) 0x30313233343536373839616263646566",
        "src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x000003ea reqid 0 mode transport replay-window 32 auth-trunc hmac(sha1) 0x3031323334353637383930313233343536373839 96 enc cbc(aes) 0x30313233343536373839616263646566",
        "src 192.0.2.1 dst 192.0.2.2 proto ah spi 0x000003e9 reqid 0 mode transport replay-window 32 auth-trunc hmac(sha1) 0x3031323334353637383930313233343536373839 96",
      ],
      policies: ["fwd", "in"].map((direction) =>
        `src 192.0.2.1/32 dst 192.0.2.2/32 dir ${direction} priority 2147483648 ptype main tmpl src 0.0.0.0 dst 0.0.0.0 proto ah reqid 0 mode transport`) }],
];

/** What is said of entries that are, or are not, there already: over XFRM they are found by more. */
const foundBy = [
  { pfkey: "this destination, SPI and protocol\n", xfrm: "this destination, SPI, protocol and mark\n" },
  { pfkey: "this selector and direction", xfrm: "this selector, direction, mark and interface id" },
];

/**
 * Runs the command with its default face on the kernel.
 *
 * @param via - how the kernel is talked to
 */
export function describeDefaultFace(via: "pfkey" | "xfrm"): void {
  const onKernel = kernelTest(via);
  const said = (stderr = ""): string =>
    foundBy.reduce((text, words) => text.replaceAll(words.pfkey, words[via]), stderr);
  describe(`the default face over ${via}`, () => {
    for (const [name, text, outcome, held] of rows) {
      onKernel(name, async (machine) => {
        assert.deepEqual(await machine.setkey(["-f", "x.conf"], text), {
          ...silence,
          ...outcome,
          stderr: said(outcome.stderr),
        });
        assert.deepEqual(machine.held(), { ...nothing, ...held });
      });
    }

    onKernel("loads the example file", async ({ setkey, held }) => {
      assert.deepEqual(await setkey(["-f", "x.conf"], readFileSync(exampleFile, "latin1")), {
        ...silence,
        stdout: ahEntry,
      });
      assert.deepEqual(held(), exampleHeld);
    });

    onKernel("loads the manual page's examples; the same policy twice is refused", async ({ setkey }) => {
      assert.deepEqual(await setkey(["-f", "x.conf"], manualPage), {
        stdout: `${ahEntry}The result of line 17: No SAD entries.\n`,
        stderr: said(
          "The result of line 25: File exists.\n" +
            "setkey: line 25: there is a policy with this selector and direction: spdupdate replaces it\n",
        ),
        exit: 1,
      });
      assert.deepEqual(await setkey(["-DP"]), { ...silence, stdout: policyEntry });
    });

    onKernel("lists and flushes what is not there", async ({ setkey }) => {
      assert.deepEqual(await setkey(["-D"]), { ...silence, stdout: "No SAD entries.\n" });
      assert.deepEqual(await setkey(["-DP"]), { ...silence, stdout: "No SPD entries.\n" });
      assert.deepEqual(await setkey(["-F"]), silence);
      assert.deepEqual(await setkey(["-FP"]), silence);
    });

    onKernel("loads 300 SAs, many at once, and lists each", async ({ setkey, held }) => {
      const spis = Array.from({ length: 300 }, (_, index) => 1000 + index);
      assert.deepEqual(await setkey(["-f", "x.conf"], spis.map(esp).join("")), silence);
      const newestFirst = [...spis].reverse();
      assert.deepEqual(held().states, newestFirst.map(espHeld));
      const { stdout } = await setkey(["-D"]);
      const listed = [...stdout.matchAll(/ spi=(\d+)\(/g)].map(([, spi]) => Number(spi));
      assert.deepEqual(listed, newestFirst);
    });
  });
}
