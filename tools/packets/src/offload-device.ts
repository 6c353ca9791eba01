import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { setImmediate as turn } from "node:timers/promises";
import { insertModule, ipBatch } from "@keysock/kernel-lab";
import type { Node } from "./nodes.ts";

/** An interface that takes SAs over, in a network where nobody else is. */
export const card = "card";

/** The addresses of the two ends of that network. */
export const near = { ipv4: "198.51.100.1", ipv6: "2001:db8:1::1" };
export const far = { ipv4: "198.51.100.2", ipv6: "2001:db8:1::2" };

const limitMs = 20_000;

/** Gives a node that interface. */
export function plugIn({ network }: Node): void {
  for (const name of ["esp4_offload", "esp6_offload", "offload_device"]) insertModule(name);
  network.enter();
  ipBatch([`link add ${card} type offload`, `link set ${card} addrgenmode none`, ...up]);
}

/** Takes it down, and all that is there with it. */
export function bounce({ network }: Node): void {
  network.enter();
  ipBatch([`link set ${card} down`, ...up]);
}

const up = [
  `link set ${card} up`,
  `address replace ${near.ipv4}/24 dev ${card}`,
  // Linux takes it away when the interface goes down.
  `address replace ${near.ipv6}/64 dev ${card} nodad`,
];

/** The SAs that devices hold, as the kernel lab's module tells them. */
export const held = (): string[] => readFileSync("/proc/offloaded", "utf8").split("\n").slice(0, -1);

/** The same in short. */
export const heldSpis = (): string[] => held().map((line) => / (0x[0-9a-f]+)/.exec(line)![1]!);

/** Waits until devices hold nothing more. */
export async function untilNothingHeld(): Promise<void> {
  for (const deadline = Date.now() + limitMs; held().length > 0; await turn()) {
    if (Date.now() > deadline) assert.deepEqual(held(), []);
  }
}

/** What a listing of `setkey -D` has behind `hwif=`, or nothing, by SPI. */
export const offloads = (listing: string): Record<string, string> =>
  Object.fromEntries(
    listing
      .split(/^(?=\S+ \S+ \n)/m)
      .filter((entry) => entry.includes("spi="))
      .map((entry) => [
        `0x${Number(/spi=(\d+)/.exec(entry)![1]).toString(16)}`,
        /^\thwif=(.*)$/m.exec(entry)?.[1] ?? "",
      ]),
  );
