import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { encode, linux, request } from "@keysock/wire";
import { kernelMachine, maskText } from "./kernel-machine.ts";

const path = new URL("../../../../docs/ipseckey-on-linux.md", import.meta.url);

/** Runs what docs/ipseckey-on-linux.md shows, one command after the other. */
export function describeDocument(via: string): void {
  test("the document's examples print what they show", async () => {
    using machine = kernelMachine(via);
    const { files, ipseckey, start, open } = machine;
    const text = readFileSync(path, "utf8");
    files.set("keys", { content: /^```ipseckey\n([\s\S]*?)^```$/m.exec(text)![1]!, mode: 0o600 });

    /** A monitor hears that somebody flushes, and is interrupted. */
    async function monitored(argv: readonly string[]) {
      const monitor = start(argv);
      await monitor.shows("Passively");
      const other = open();
      other.send([encode({ ...request("flush", "esp"), pid: 4243, sequence: 1 }, linux)]);
      other.close();
      await monitor.shows("type FLUSH");
      return monitor.interrupt();
    }

    const blocks = [...text.matchAll(/^```console\n([\s\S]*?)^```$/gm)].map(([, block]) => block!);
    assert.equal(blocks.length, 5);
    for (const block of blocks) {
      let printed = "";
      for (const [line, words] of block.matchAll(/^\$ ipseckey (.*)\n/gm)) {
        const argv = words!.split(" ");
        const run = argv.includes("pmonitor") ? monitored : ipseckey;
        const { stdout, stderr } = await run(argv);
        printed += line + stdout + stderr;
      }
      assert.equal(maskText(printed), maskText(block));
    }
  });
}
