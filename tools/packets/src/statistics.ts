import { readFileSync } from "node:fs";
import type { Node } from "./nodes.ts";

/** The kernel's counters of what IPsec refused on a node, those that are not 0. */
export function xfrmStatistics({ network }: Node): Record<string, number> {
  network.enter();
  const text = readFileSync("/proc/thread-self/net/xfrm_stat", "utf8");
  return Object.fromEntries(
    [...text.matchAll(/^(\w+)\s+(\d+)$/gm)]
      .map(([, name, count]) => [name!, Number(count)] as const)
      .filter(([, count]) => count > 0),
  );
}

/** By how much each counter rose, those that did. */
export function risen(from: Record<string, number>, to: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(to)
      .map(([name, count]) => [name, count - (from[name] ?? 0)] as const)
      .filter(([, count]) => count > 0),
  );
}
