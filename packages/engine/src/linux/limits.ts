/**
 * Limits as Linux keeps them, and when it finds them reached.
 */
import type { Message } from "@keysock/wire";
import { type Limits, limitsIn, secondMs, seconds } from "../lifetime.ts";

/** XFRM_INF of linux/xfrm.h: so many bytes are no limit. */
const infinite = 2n ** 64n - 1n;

/** The limits that a message sets. */
export function linuxLimits(message: Message, kind: "lifetimeHard" | "lifetimeSoft"): Limits {
  const limits = limitsIn(message, kind);
  return limits.bytes === infinite ? { ...limits, bytes: 0n } : limits;
}

/** Since when limits count, in milliseconds since 1970. */
export interface Since {
  readonly madeAt: number;
  /** Undefined before the first use. */
  readonly usedAt: number | undefined;
  /** When the limits were set. */
  readonly limitedAt: number;
}

/**
 * When a limit of time is found reached, in milliseconds since 1970. Linux first looks a second after the limits were set,
 * and then whole seconds later; it counts in whole seconds, of which it has 63 bits and a sign.
 */
export function foundReachedAt(limits: Limits, { madeAt, usedAt, limitedAt }: Since): number {
  const firstLook = limitedAt + secondMs;
  const now = seconds(firstLook);
  const after = (start: number, limit: bigint): number => {
    if (limit === 0n) return Number.POSITIVE_INFINITY;
    const left = BigInt.asIntN(64, limit + BigInt(start - now));
    return left <= 0n ? firstLook : firstLook + Number(left) * secondMs;
  };
  const made = after(seconds(madeAt), limits.addTime);
  if (usedAt !== undefined) return Math.min(made, after(seconds(usedAt), limits.useTime));
  // Use counts from the look itself then, so that no limit comes nearer.
  return after(now, limits.useTime) <= firstLook ? firstLook : made;
}
