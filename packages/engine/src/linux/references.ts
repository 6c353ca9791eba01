import type { Kernel } from "./kernel.ts";
import type { Policy } from "./policy.ts";

const firstLookMs = 1000;

/**
 * What Linux states in the reserved field of a message about a policy: how many parts of the kernel hold it. The database
 * does, and so does the timer in the first second and while there are lifetimes.
 */
export function references(kernel: Kernel, policy: Policy): number {
  if (policy.place === undefined) return 0;
  const timed =
    kernel.clock.now() < policy.madeAt + firstLookMs ||
    [policy.hard, policy.soft].some(({ addTime, useTime }) => addTime !== 0n || useTime !== 0n);
  return timed ? 2 : 1;
}
