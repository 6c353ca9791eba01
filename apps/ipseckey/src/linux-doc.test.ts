import { readFileSync } from "node:fs";
import { encode, type KeySocket, linux, request } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { linuxTable } from "./testing/linux-table.ts";
import { machine } from "./testing/machine.ts";

const document = readFileSync(new URL("../../../docs/ipseckey-on-linux.md", import.meta.url), "utf8");

it("the document's matrix is the compiler's", () => {
  expect(/<!-- matrix -->\n([\s\S]*)<!-- \/matrix -->/.exec(document)?.[1]).toBe(`\n${linuxTable()}\n`);
});

describe("the document's examples", () => {
  const blocks = [...document.matchAll(/^```console\n([\s\S]*?)^```$/gm)].map(([, text]) => text!);
  const keys = /^```ipseckey\n([\s\S]*?)^```$/m.exec(document)?.[1] ?? "";
  const flush = () => encode({ ...request("flush", "esp"), pid: 4243, sequence: 1 }, linux);

  /** When a monitor has nothing to show, somebody flushes; then ^C comes. */
  const flushedWhenQuiet = (socket: KeySocket, io: { interrupt(): void }): KeySocket => {
    let isFlushed = false;
    return {
      ...socket,
      receive(timeoutMs) {
        const bytes = socket.receive(0);
        if (bytes !== undefined || timeoutMs === 0) return bytes;
        if (isFlushed) io.interrupt();
        else engine.connect().send([flush()]);
        isFlushed = true;
        return socket.receive(0);
      },
    };
  };
  const { engine, files, ipseckey } = machine({ personality: "linux", socket: flushedWhenQuiet });
  files.set("keys", { content: keys, mode: 0o600 });

  /** The commands of a block, and what they print on both streams. */
  async function shown(block: string): Promise<string> {
    let text = "";
    for (const [line, words] of block.matchAll(/^\$ ipseckey (.*)\n/gm)) {
      const { stdout, stderr } = await ipseckey(words!.split(" "));
      text += line + stdout + stderr;
    }
    return text;
  }

  const masked = (text: string) => text.replaceAll(/(?<=seq=)\d+/g, "N");

  it("print what they show, one after the other", async () => {
    expect(blocks).toHaveLength(5);
    for (const block of blocks) expect(masked(await shown(block))).toBe(masked(block));
  });
});
