import type { LifetimeExtension, Message, OutgoingExtension } from "@keysock/wire";
import { find } from "@keysock/wire";

/** Limits of an SA or a policy; 0 is none. */
export interface Limits {
  readonly allocations: number;
  readonly bytes: bigint;
  /** Seconds. */
  readonly addTime: bigint;
  readonly useTime: bigint;
}

/** What an SA or a policy has been used for. */
export interface Counters {
  allocations: number;
  bytes: bigint;
  /** Seconds since 1970. */
  readonly addTime: number;
  /** 0 before the first use. */
  useTime: number;
}

export const unlimited: Limits = { allocations: 0, bytes: 0n, addTime: 0n, useTime: 0n };

export function limitsIn(message: Message, kind: "lifetimeHard" | "lifetimeSoft" | "lifetimeIdle"): Limits {
  const found = find(message, kind);
  if (found === undefined) return unlimited;
  const { allocations, bytes, addTime, useTime } = found;
  return { allocations, bytes, addTime, useTime };
}

export function limitsExtension(kind: LifetimeExtension["kind"], limits: Limits): OutgoingExtension {
  return { kind, ...limits };
}

export function countersExtension(counters: Counters): OutgoingExtension {
  return {
    kind: "lifetimeCurrent",
    // The kernel counts in 64 bits and states 32.
    allocations: counters.allocations % 2 ** 32,
    bytes: counters.bytes,
    addTime: BigInt(counters.addTime),
    useTime: BigInt(counters.useTime),
  };
}

export function newCounters(now: number): Counters {
  return { allocations: 0, bytes: 0n, addTime: seconds(now), useTime: 0 };
}

/** Whether the counters have come to a limit of bytes or packets. */
export function limitReached(current: Counters, limits: Limits): boolean {
  return (
    (limits.bytes !== 0n && current.bytes >= limits.bytes) ||
    (limits.allocations !== 0 && current.allocations >= limits.allocations)
  );
}

/** In milliseconds since 1970: when the first limit of time is reached. */
export function reachedAt(
  { addTime, useTime }: Limits,
  madeAt: number,
  usedAt = Number.POSITIVE_INFINITY,
): number {
  const after = (start: number, limit: bigint) =>
    limit === 0n ? Number.POSITIVE_INFINITY : start + Number(limit) * secondMs;
  return Math.min(after(madeAt, addTime), after(usedAt, useTime));
}

export const secondMs = 1000;

export const seconds = (milliseconds: number): number => Math.floor(milliseconds / secondMs);
