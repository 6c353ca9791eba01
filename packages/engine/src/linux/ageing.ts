/**
 * SAs and policies that reach a limit.
 */
import { createAlarm } from "../agenda.ts";
import { seconds } from "../lifetime.ts";
import { announce } from "./delivery.ts";
import type { Kernel } from "./kernel.ts";
import { foundReachedAt } from "./limits.ts";
import type { Policy } from "./policy.ts";
import { saTypeOf } from "./protocol.ts";
import { type Sa, wipeKeys } from "./sa.ts";
import { expireExtensions } from "./sa-message.ts";

/** Puts an SA into the database and starts its lifetimes. */
export function install(kernel: Kernel, sa: Sa): void {
  kernel.sadb.insert(sa);
  age(kernel, sa);
}

/** Takes an SA out of the database. Its keys are still there, for the message that tells of it. */
export function withdraw(kernel: Kernel, sa: Sa): void {
  kernel.sadb.remove(sa);
  if (sa.alarm !== undefined) kernel.agenda.cancel(sa.alarm);
}

/** Sets the alarm for the next limit of an SA. */
export function age(kernel: Kernel, sa: Sa): void {
  const hard = foundReachedAt(sa.hard, sa);
  const soft = sa.dying ? Number.POSITIVE_INFINITY : foundReachedAt(sa.soft, sa);
  const at = Math.min(hard, soft);
  if (at === Number.POSITIVE_INFINITY) {
    if (sa.alarm !== undefined) kernel.agenda.cancel(sa.alarm);
    return;
  }
  sa.alarm ??= createAlarm(() => ring(kernel, sa));
  kernel.agenda.set(sa.alarm, at);
}

function ring(kernel: Kernel, sa: Sa): void {
  const now = sa.alarm?.at ?? 0;
  if (foundReachedAt(sa.hard, sa) <= now) {
    die(kernel, sa);
  } else {
    soften(kernel, sa);
  }
}

/** A hard limit is reached: the SA is gone at once. */
export function die(kernel: Kernel, sa: Sa): void {
  withdraw(kernel, sa);
  expire(kernel, sa, "hard");
  wipeKeys(sa);
}

/** A soft limit is reached; no other one counts from now on. */
export function soften(kernel: Kernel, sa: Sa): void {
  sa.dying = true;
  age(kernel, sa);
  expire(kernel, sa, "soft");
}

function expire(kernel: Kernel, sa: Sa, reached: "hard" | "soft"): void {
  announce(
    kernel,
    {
      type: "expire",
      saType: saTypeOf(sa.protocol),
      sequence: 0,
      pid: 0,
      extensions: expireExtensions(sa, reached),
    },
    "registered",
  );
}

/** Sets the alarm for the end of a policy. Nobody is told of it, and soft limits do nothing. */
export function agePolicy(kernel: Kernel, policy: Policy): void {
  // An unused policy counts its use time from when it was made.
  const { madeAt, usedAt = madeAt } = policy;
  const at = foundReachedAt(policy.hard, { madeAt, usedAt, limitedAt: madeAt });
  if (at === Number.POSITIVE_INFINITY) return;
  policy.alarm ??= createAlarm(() => withdrawPolicy(kernel, policy));
  kernel.agenda.set(policy.alarm, at);
}

export function withdrawPolicy(kernel: Kernel, policy: Policy): void {
  kernel.spd.remove(policy);
  if (policy.alarm !== undefined) kernel.agenda.cancel(policy.alarm);
}

/** The first use of an SA starts its use times. */
export function markUsed(kernel: Kernel, sa: Sa): void {
  if (sa.usedAt !== undefined) return;
  sa.usedAt = kernel.clock.now();
  sa.current.useTime = seconds(sa.usedAt);
  age(kernel, sa);
}
