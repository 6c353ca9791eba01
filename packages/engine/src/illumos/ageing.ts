/**
 * SAs that reach a limit. illumos looks every now and then; here the moment itself is computed.
 */
import { SaState } from "@keysock/wire";
import { createAlarm } from "../agenda.ts";
import { type Limits, limitReached, reachedAt, seconds, unlimited } from "../lifetime.ts";
import { all, announce } from "./delivery.ts";
import type { Kernel } from "./kernel.ts";
import { type Sa, wipeKeys } from "./sa.ts";
import { expireExtensions } from "./sa-message.ts";

/** How long an SA without keys waits for them. illumos can be told; this much is ours. */
const larvalMs = 90_000;

/** Puts an SA into the database and starts its lifetimes. */
export function install(kernel: Kernel, sa: Sa): void {
  kernel.sadb.insert(sa);
  age(kernel, sa);
}

/** Takes an SA out of the database and out of its pair. Its keys are still there. */
export function withdraw(kernel: Kernel, sa: Sa): void {
  kernel.sadb.remove(sa);
  if (sa.alarm !== undefined) kernel.agenda.cancel(sa.alarm);
  if (sa.pair !== undefined) sa.pair.pair = undefined;
}

/** Sets the alarm for the next limit of an SA. */
export function age(kernel: Kernel, sa: Sa): void {
  // An UPDATE may set a limit that is past already: it is reached with the UPDATE.
  const at = Math.max(Math.min(hardAt(sa), softAt(sa), idleAt(sa)), sa.activeAt);
  if (at === Number.POSITIVE_INFINITY) {
    if (sa.alarm !== undefined) kernel.agenda.cancel(sa.alarm);
    return;
  }
  sa.alarm ??= createAlarm(() => ring(kernel, sa));
  kernel.agenda.set(sa.alarm, at);
}

const hardAt = (sa: Sa): number =>
  sa.state === SaState.larval ? sa.madeAt + larvalMs : reachedAt(sa.hard, sa.madeAt, sa.usedAt);

const softAt = (sa: Sa): number =>
  sa.state === SaState.dying ? Number.POSITIVE_INFINITY : reachedAt(sa.soft, sa.madeAt, sa.usedAt);

/** The add time is for an SA that has never been used, the use time for one that has. */
function idleAt({ idle, idleTold, activeAt, usedAt }: Sa): number {
  if (idleTold) return Number.POSITIVE_INFINITY;
  const limit = usedAt === undefined ? idle.addTime : idle.useTime;
  return reachedAt({ ...unlimited, addTime: limit }, activeAt);
}

function ring(kernel: Kernel, sa: Sa): void {
  const now = sa.alarm?.at ?? 0;
  if (hardAt(sa) <= now) die(kernel, sa);
  else if (softAt(sa) <= now) soften(kernel, sa);
  else tellIdle(kernel, sa);
}

/** A hard limit is reached: the SA is gone at once. Of a larval one nobody is told. */
export function die(kernel: Kernel, sa: Sa): void {
  const wasLarval = sa.state === SaState.larval;
  sa.state = SaState.dead;
  if (!wasLarval) expire(kernel, sa, "lifetimeHard", sa.hard);
  withdraw(kernel, sa);
  wipeKeys(sa);
}

/** A soft limit is reached; no other one counts from now on. */
export function soften(kernel: Kernel, sa: Sa): void {
  sa.state = SaState.dying;
  age(kernel, sa);
  expire(kernel, sa, "lifetimeSoft", sa.soft);
}

/** The SA stays; it is said once, until the SA is used or updated. */
function tellIdle(kernel: Kernel, sa: Sa): void {
  sa.idleTold = true;
  age(kernel, sa);
  expire(kernel, sa, "lifetimeIdle", sa.idle);
}

function expire(
  kernel: Kernel,
  sa: Sa,
  kind: "lifetimeHard" | "lifetimeSoft" | "lifetimeIdle",
  limits: Limits,
): void {
  const extensions = expireExtensions(sa, kind, limits);
  announce(kernel, { type: "expire", saType: sa.protocol, sequence: 0, pid: 0, extensions }, all);
}

/** Whether a limit of time or bytes has been reached that a soft EXPIRE is for. */
export function isSoftReached(sa: Sa, now: number): boolean {
  return limitReached(sa.current, sa.soft) || reachedAt(sa.soft, sa.madeAt, sa.usedAt) <= now;
}

/** The first use of an SA starts its use times, and each one ends its idleness. */
export function markUsed(kernel: Kernel, sa: Sa): void {
  const now = kernel.clock.now();
  if (sa.usedAt === undefined) {
    sa.usedAt = now;
    sa.current.useTime = seconds(now);
  }
  sa.activeAt = now;
  sa.idleTold = false;
  age(kernel, sa);
}
