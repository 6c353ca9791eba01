import assert from "node:assert/strict";
import { describe } from "node:test";
import { exampleFile, exampleHeld } from "./example.ts";
import { kernelTest } from "./kernel-machine.ts";
import { ahEntry } from "./manual-page.ts";
import { finished, start } from "./running-program.ts";

const add = "add 192.0.2.1 192.0.2.2 esp 4096 -E null;\n";
const policy = "spdadd 192.0.2.1 192.0.2.2 any -P out none;\n";
const entry = `192.0.2.1 192.0.2.2 
	esp mode=transport spi=4096(0x00001000) reqid=0(0x00000000)
	seq=0x00000000 replay=0 flags=0x00000000 state=mature 
	created: DATE	current: DATE
	diff: AGE	hard: 0(s)	soft: 0(s)
	last:                     	hard: 0(s)	soft: 0(s)
	current: 0(bytes)	hard: 0(bytes)	soft: 0(bytes)
	allocated: 0	hard: 0	soft: 0
	sadb_seq=0 pid=PID refcnt=0
`;
const policyEntry = `192.0.2.1[any] 192.0.2.2[any] any
	out prio def none
	created: DATE  lastused:                     
	lifetime: 0(s) validtime: 0(s)
	spid=1 seq=0 pid=PID
	refcnt=N
`;
const well = { exit: 0, signal: null, stdout: "", stderr: "" };

/** How often a monitor hears a PROMISC and a flush: PF_KEY tells of requests and of each answer, XFRM of changes. */
const told = {
  pfkey: { ownPromisc: 2, othersPromisc: 3, flush: 4 },
  xfrm: { ownPromisc: 1, othersPromisc: 0, flush: 1 },
};

/**
 * Runs the command as processes on the kernel.
 *
 * @param via - how the kernel is talked to
 */
export function describeBinary(via: keyof typeof told): void {
  const onKernel = kernelTest(via);
  describe(`the program over ${via}`, () => {
    onKernel("loads the example file", async ({ held }) => {
      assert.deepEqual(await finished(["-f", exampleFile], { via }), { ...well, stdout: ahEntry });
      assert.deepEqual(held(), exampleHeld);
    });

    onKernel("lists and flushes SAs", async ({ setkey, held }) => {
      await setkey(["-c"], add + policy);
      assert.deepEqual(await finished(["-D"], { via }), { ...well, stdout: entry });
      assert.deepEqual(await finished(["-F"], { via }), well);
      assert.deepEqual([held().states.length, held().policies.length], [0, 1]);
    });

    onKernel("lists and flushes policies", async ({ setkey, held }) => {
      await setkey(["-c"], policy + add);
      assert.deepEqual(await finished(["-DP"], { via }), { ...well, stdout: policyEntry });
      assert.deepEqual(await finished(["-FP"], { via }), well);
      assert.deepEqual([held().states.length, held().policies.length], [1, 0]);
    });

    onKernel("answers what comes from a pipe before more comes", async () => {
      const { child, shows, ended } = start(["-c"], { via });
      child.stdin!.write(`${add}dump;\n`);
      await shows(/refcnt=0\n$/);
      child.stdin!.end("delete 192.0.2.1 192.0.2.2 esp 4096;\ndump;\n");
      const stdout = `${entry}The result of line 4: No SAD entries.\n`;
      assert.deepEqual(await ended, { ...well, stdout });
    });

    onKernel("monitors, twice at a time, until a signal ends it", async ({ setkey }) => {
      const { ownPromisc, othersPromisc, flush } = told[via];
      // PROMISC messages show no more than their time.
      const begun = new RegExp(`^(\\S+ \\n){${ownPromisc}}`);
      const flushed = new RegExp(`( type=9 [^]*?){${flush}}\\n\\n`);
      await setkey(["-c"], add);
      const first = start(["-x"], { via });
      await first.shows(begun);
      const second = start(["-xx"], { via });
      await second.shows(begun);
      await setkey(["--compat=ipsec-tools", "-F"]);
      for (const { shows } of [first, second]) await shows(flushed);
      first.child.kill("SIGINT");
      second.child.kill("SIGTERM");
      const time = "TIME \n";
      const shown =
        time.repeat(ownPromisc) +
        `${time}sadb_msg{ version=2 type=9 errno=0 satype=0\n  len=2 reserved=0 seq=0 pid=PID\n\n`.repeat(
          flush,
        );
      assert.deepEqual(await first.ended, {
        ...well,
        exit: null,
        signal: "SIGINT",
        stdout: time.repeat(othersPromisc) + shown,
      });
      assert.deepEqual(await second.ended, { ...well, exit: null, signal: "SIGTERM", stdout: shown });
    });

    onKernel("ends quietly when nobody reads on", async ({ setkey }) => {
      const adds = Array.from({ length: 400 }, (_, index) => add.replace("4096", `${4096 + index}`));
      await setkey(["-c"], adds.join(""));
      const { child, ended } = start(["-D"], { via });
      child.stdout!.once("data", () => child.stdout!.destroy());
      const { exit, signal, stderr } = await ended;
      assert.deepEqual({ exit, signal, stderr }, { exit: 1, signal: null, stderr: "" });
    });

    onKernel("stops at a syntax error", async ({ held }) => {
      const input = `${add}bogus 1 2 3;\nflush;\n`;
      const { stderr, ...rest } = await finished(["-f", "-"], { via, input });
      assert.deepEqual(rest, { exit: 1, signal: null, stdout: "" });
      const [first, second] = stderr.split("\n");
      assert.equal(first, "line 2: syntax error at [bogus]");
      assert.match(second!, /^<stdin>:2:1: "bogus" found: expected /);
      assert.match(stderr, /\nsetkey: stopped there; 1 statement before it took effect\n$/);
      assert.equal(held().states.length, 1);
    });

    onKernel("goes on after what the kernel refuses, and exits with 1", async ({ held }) => {
      const input = `${add}${add}${policy}`;
      const stderr =
        "The result of line 2: File exists.\n" +
        "setkey: line 2: there is an SA with this destination, SPI and protocol; the source makes no difference\n";
      assert.deepEqual(await finished(["-c"], { via, input }), { ...well, exit: 1, stderr });
      assert.deepEqual([held().states.length, held().policies.length], [1, 1]);
    });

    onKernel("says what it lacks without CAP_NET_ADMIN", async () => {
      const before = ["setpriv", "--bounding-set", "-net_admin", "--inh-caps", "-net_admin"];
      const { stderr, ...rest } = await finished(["-D"], { via, before });
      assert.deepEqual(rest, { exit: 1, signal: null, stdout: "" });
      assert.match(
        stderr,
        /^setkey: .*: Operation not permitted \(EPERM\); run as root or with CAP_NET_ADMIN\n$/,
      );
    });
  });
}
