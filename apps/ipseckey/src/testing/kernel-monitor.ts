import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { decode, encode, linux, type OutgoingExtension, request } from "@keysock/wire";
import { stateText } from "./ip-state.ts";
import { kernelMachine, maskText } from "./kernel-machine.ts";
import type { Shown } from "./machine.ts";
import { wayOf } from "./ways.ts";

const silent: Shown = { exit: 0, stdout: "", stderr: "" };
const key = "00112233445566778899aabbccddeeff";
const md5 = `authalg md5 authkey ${key}`;
const add = `add ah spi 0x100 dst 192.0.2.2 ${md5}\n`;

/** The messages that a monitor has shown: type, sender and the line of the SA. */
function seen(stdout: string): string[] {
  const [, ...entries] = stdout.split(/^(?=Read \d+ bytes\.$)/m);
  return entries.map((entry) => {
    const [, type, saType] = /type (\w+), SA type ([^\n]+)\.$/m.exec(entry)!;
    const pid = /pid=(\d+)/.exec(entry)![1];
    const state = /state=\w+/.exec(entry)?.[0] ?? "";
    return `${type} ${saType} ${pid} ${state}`.trim();
  });
}

const count = (lines: readonly string[], word: string): number =>
  lines.filter((line) => line.startsWith(word)).length;

const anEntry = (type: string, state: string): string => `Read 216 bytes.
Timestamp: TIME
Base message (version 2) type ${type}, SA type AH.
Message length 216 bytes, seq=N, pid=4242.
SA: SADB_ASSOC spi=0x100, replay window size=0, state=${state}
SA: Authentication algorithm = hmac-md5
SA: flags=0x0 < >
SRC: Source address (proto=0)
SRC: AF_INET: port 0, 0.0.0.0/32.
DST: Destination address (proto=0)
DST: AF_INET: port 0, 192.0.2.2/32.
AKY: Authentication key.
AKY: ${key}/128
OTH: Mode transport, request id=0, sequence=0
 LT: Lifetime information
CLT: Current lifetime information:
CLT: 0 bytes protected, 0 allocations used.
CLT: SA added at time: TIME
CLT: Time now is TIME
SLT: Soft lifetime information:
SLT: 0 bytes of lifetime, 0 allocations.
SLT: 0 seconds of post-add lifetime.
SLT: 0 seconds of post-use lifetime.
HLT: Hard lifetime information:
HLT: 0 bytes of lifetime, 0 allocations.
HLT: 0 seconds of post-add lifetime.
HLT: 0 seconds of post-use lifetime.

`;

/** Monitors beside other runs. */
export function describeMonitor(via: string): void {
  const { answers, updated, everything } = wayOf(via);

  describe("monitor", () => {
    for (const word of ["pmonitor", "passive_monitor"]) {
      test(`${word} shows what all are told`, async () => {
        using machine = kernelMachine(via);
        const { load, ipseckey, start } = machine;
        const monitor = start(["-n", word]);
        await monitor.shows("Passively");
        assert.deepEqual(await load(add), silent);
        await ipseckey(["get", "ah", "spi", "0x100", "dst", "192.0.2.2"]);
        await ipseckey(["dump"]);
        assert.deepEqual(await load("update ah spi 0x100 dst 192.0.2.2\n"), silent);
        assert.deepEqual(await ipseckey(["flush"]), silent);
        await monitor.shows("type FLUSH");
        const { stdout, ...rest } = await monitor.interrupt();
        assert.equal(
          maskText(stdout),
          `Passively monitoring the PF_KEY socket.
${anEntry("ADD", "MATURE")}${anEntry("UPDATE", updated)}Read 16 bytes.
Timestamp: TIME
Base message (version 2) type FLUSH, SA type <unspecified/all>.
Message length 16 bytes, seq=N, pid=4242.

`,
        );
        assert.deepEqual(rest, { stderr: "ipseckey: Bailing on signal 2.\n", exit: 2 });
      });
    }

    test(everything.name, async () => {
      using machine = kernelMachine(via);
      const { load, ipseckey, start } = machine;
      const monitor = start(["monitor"]);
      await monitor.shows("X_PROMISC", answers);
      assert.deepEqual(await load(add), silent);
      assert.equal((await ipseckey(["get", "ah", "spi", "0x100", "dst", "192.0.2.2"])).exit, 0);
      assert.equal((await ipseckey(["get", "esp", "spi", "0x100", "dst", "192.0.2.2"])).exit, 1);
      assert.deepEqual(await ipseckey(["delete", "ah", "spi", "0x100", "dst", "192.0.2.2"]), silent);
      await monitor.shows("type DELETE", count(everything.seen, "DELETE"));
      const { stdout, ...rest } = await monitor.interrupt();
      assert.deepEqual(seen(stdout), everything.seen);
      assert.deepEqual(rest, { stderr: "ipseckey: Bailing on signal 2.\n", exit: 2 });
    });

    test("two at once see the same", async () => {
      using machine = kernelMachine(via);
      const { load, ipseckey, start } = machine;
      const monitors = [start(["-n", "pmonitor"]), start(["-n", "pmonitor"])];
      for (const { shows } of monitors) await shows("Passively");
      assert.deepEqual(await load(add), silent);
      assert.deepEqual(await ipseckey(["flush", "ah"]), silent);
      for (const monitor of monitors) {
        await monitor.shows("type FLUSH");
        const { stdout } = await monitor.interrupt();
        assert.deepEqual(seen(stdout), ["ADD AH 4242 state=MATURE", "FLUSH AH 4242"]);
      }
    });

    test("shows a soft and a hard EXPIRE, and the SA is gone", async () => {
      using machine = kernelMachine(via);
      const { load, start, state, ipseckey } = machine;
      const monitor = start(["-n", "monitor"]);
      await monitor.shows("X_PROMISC", answers);
      assert.deepEqual(await load(add.replace("\n", " soft_addtime 1 hard_addtime 6\n")), silent);
      await monitor.shows("type EXPIRE");
      const { stdout: dying } = await ipseckey(["get", "ah", "spi", "0x100", "dst", "192.0.2.2"]);
      assert.match(dying, /state=DYING$/m);
      await monitor.shows("type EXPIRE", 2);
      assert.equal(state(), "");
      const { stdout } = await monitor.interrupt();
      assert.deepEqual(
        seen(stdout).filter((line) => line.startsWith("EXPIRE")),
        ["EXPIRE AH 0 state=DYING", "EXPIRE AH 0 state=DEAD"],
      );
      const [soft, hard] = stdout
        .split(/^(?=Read \d+ bytes\.$)/m)
        .filter((entry) => entry.includes("EXPIRE"));
      assert.deepEqual(
        [soft, hard].map((entry) => /^[SH]LT: [1-9]\d* seconds of post-add lifetime\.$/m.exec(entry!)?.[0]),
        ["SLT: 1 seconds of post-add lifetime.", "HLT: 6 seconds of post-add lifetime."],
      );
    });
  });

  describe("an SA that a key manager has begun", () => {
    const address = (kind: "addressSource" | "addressDestination", last: number): OutgoingExtension => ({
      kind,
      protocol: 0,
      prefixLength: 32,
      reserved: 0,
      sockaddr: { family: "inet", port: 0, address: Uint8Array.of(192, 0, 2, last) },
    });

    test("is shown, is not saved, and is made whole by update", async () => {
      using machine = kernelMachine(via);
      const { ipseckey, load, open, state } = machine;
      const manager = open();
      manager.send([
        encode(
          {
            ...request("getspi", "esp", [
              address("addressSource", 1),
              address("addressDestination", 2),
              { kind: "spiRange", min: 0x500, max: 0x500, reserved: 0 },
            ]),
            sequence: 77,
            pid: 4243,
          },
          linux,
        ),
      ]);
      assert.equal(decode(manager.receive(5000)!, linux).message.errno, 0);
      manager.close();

      const naming = ["spi", "0x500", "dst", "192.0.2.2"];
      assert.match((await ipseckey(["get", "esp", ...naming])).stdout, /state=LARVAL$/m);
      assert.match((await ipseckey(["dump"])).stdout, /state=LARVAL$/m);
      const { stdout, stderr, exit } = await ipseckey(["save", "all"]);
      assert.deepEqual(
        [stderr, exit],
        ["ipseckey: WARNING: esp spi 0x500: it cannot be loaded, as there is no algorithm\n", 0],
      );
      assert.match(stdout, /^# add esp {2}\\$/m);
      const aes = `encralg aes encrkey ${key}`;
      const update = `update esp spi 0x500 src 192.0.2.1 dst 192.0.2.2 ${aes} ${md5} replay 8 hard_bytes 9\n`;
      assert.equal((await load(update)).exit, 0);
      assert.equal(
        state(),
        stateText({
          spi: 0x500,
          replay: 8,
          authentication: ["hmac(md5)", key, 96],
          encryption: ["cbc(aes)", key],
          hard: { bytes: 9n },
        }),
      );
    });
  });
}
