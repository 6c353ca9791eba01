import { it } from "node:test";
import { openKeySocket } from "@keysock/connect";
import { nativeHost } from "@keysock/host/native";
import { ip, NetworkNamespace } from "@keysock/kernel-lab";
import { run } from "../run.ts";
import { maskText } from "./masks.ts";
import { testIo } from "./test-io.ts";

/** What a run of the command gave, with what varies masked. */
export interface Outcome {
  stdout: string;
  stderr: string;
  exit: number | null;
}

/** The kernel, with a network of its own: runs of the command on it, one after the other. */
export interface KernelMachine {
  /**
   * Runs it in this process.
   *
   * @param text - its standard input, and a file `x.conf`
   */
  setkey(argv: readonly string[], text?: string): Promise<Outcome>;
  /** What the kernel holds, as ip-xfrm(8) says: a line for each SA and for each policy, the newest first. */
  held(): { states: string[]; policies: string[] };
  close(): void;
}

/**
 * Declares tests that have a machine each.
 *
 * @param via - how the kernel is talked to
 */
export function kernelTest(via: string) {
  return (name: string, test: (machine: KernelMachine) => Promise<void>): void => {
    it(name, async () => {
      const machine = kernelMachine(via);
      try {
        await test(machine);
      } finally {
        machine.close();
      }
    });
  };
}

function kernelMachine(via: string): KernelMachine {
  const host = nativeHost();
  const network = new NetworkNamespace();
  return {
    async setkey(argv, text = "") {
      const io = testIo({ files: new Map([["x.conf", text]]), input: text });
      const exit = await run([`--via=${via}`, ...argv], io, host, (choice) =>
        openKeySocket({ ...choice, defaultDialect: "linux", host }),
      );
      return { stdout: maskText(io.stdout()), stderr: io.stderr(), exit };
    },
    held: () => ({ states: entries(ip("xfrm", "state")), policies: entries(ip("xfrm", "policy")) }),
    close: () => network.close(),
  };
}

/** The entries of a listing, each in one line, without the counters of an SA. */
const entries = (listing: string): string[] =>
  listing
    .split(/^(?=src )/m)
    .filter((entry) => entry !== "")
    .map((entry) => entry.split("\tanti-replay")[0]!.trim().replaceAll(/\s+/g, " "));
