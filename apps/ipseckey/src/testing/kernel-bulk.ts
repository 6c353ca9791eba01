import assert from "node:assert/strict";
import { test } from "node:test";
import { stateText } from "./ip-state.ts";
import { kernelMachine } from "./kernel-machine.ts";

const key = "00112233445566778899aabbccddeeff";
const first = 0x1000;
const count = 600;

/** SPIs that are there already. */
const taken: readonly number[] = [first, first + 300, first + count - 1];

const addOf = (spi: number): string =>
  `add ah spi 0x${spi.toString(16)} src 192.0.2.1 dst 192.0.2.2 authalg md5 authkey ${key}\n`;

const saOf = (spi: number) => ({ protocol: "ah", spi, authentication: ["hmac(md5)", key, 96] }) as const;

/** More commands than are sent together. */
export function describeBulk(via: string): void {
  test("a file of many SAs, some of which are there already", async () => {
    using machine = kernelMachine(via);
    const { load, ipseckey, state } = machine;
    const spis = Array.from({ length: count }, (_, i) => first + i);
    assert.deepEqual(await load(taken.map(addOf).join("")), { exit: 0, stdout: "", stderr: "" });
    assert.deepEqual(await load(spis.map(addOf).join("")), {
      exit: 1,
      stdout: "",
      stderr: `${taken
        .map((spi) => {
          const line = spi - first + 1;
          return `ipseckey: keys:${line}: Association (type = ah) with spi 0x${spi.toString(16)} and addr\n192.0.2.2 already exists.\n`;
        })
        .join(
          "",
        )}ipseckey: ${taken.length} of ${count} commands failed; ${count - taken.length} took effect.\n`,
    });
    const added = spis.filter((spi) => !taken.includes(spi));
    assert.equal(state(), stateText(...[...taken, ...added].toReversed().map(saOf)));

    const { stdout, exit } = await ipseckey(["-n", "dump", "ah"]);
    const listed = [...stdout.matchAll(/^SA: SADB_ASSOC spi=0x(\w+),/gm)].map(([, spi]) =>
      Number(`0x${spi}`),
    );
    assert.deepEqual([exit, listed], [0, [...taken, ...added].toReversed()]);
    assert.deepEqual(await ipseckey(["flush", "ah"]), { exit: 0, stdout: "", stderr: "" });
    assert.equal(state(), "");
  });
}
