import type { Message } from "@keysock/wire";
import { type Limits, limitsIn } from "../lifetime.ts";
import { Diagnostic } from "./diagnostic.ts";
import { refuse } from "./refuse.ts";

/** The three kinds of limits of an SA. */
export interface Lifetimes {
  hard: Limits;
  soft: Limits;
  idle: Limits;
}

/** A soft limit above a hard one would never be reached. @throws Refusal with EINVAL and 14 to 17 */
export function lifetimesIn(message: Message): Lifetimes {
  const hard = limitsIn(message, "lifetimeHard");
  const soft = limitsIn(message, "lifetimeSoft");
  const diagnostic = softAboveHard(soft, hard);
  if (diagnostic !== undefined) refuse(diagnostic);
  return { hard, soft, idle: limitsIn(message, "lifetimeIdle") };
}

function softAboveHard(soft: Limits, hard: Limits): number | undefined {
  if (isAbove(soft.allocations, hard.allocations)) return Diagnostic.softAllocationsAboveHard;
  if (isAbove(soft.bytes, hard.bytes)) return Diagnostic.softBytesAboveHard;
  if (isAbove(soft.addTime, hard.addTime)) return Diagnostic.softAddTimeAboveHard;
  if (isAbove(soft.useTime, hard.useTime)) return Diagnostic.softUseTimeAboveHard;
  return undefined;
}

/** What is given replaces what there is, 0 leaves it; then no soft limit is above the hard one. */
export function renewed(old: Lifetimes, given: Lifetimes): Lifetimes {
  const hard = replaced(old.hard, given.hard);
  return {
    hard,
    soft: lowered(replaced(old.soft, given.soft), hard),
    idle: replaced(old.idle, given.idle),
  };
}

const replaced = (old: Limits, given: Limits): Limits => ({
  allocations: given.allocations || old.allocations,
  bytes: given.bytes || old.bytes,
  addTime: given.addTime || old.addTime,
  useTime: given.useTime || old.useTime,
});

const lowered = (soft: Limits, hard: Limits): Limits => ({
  allocations: isAbove(soft.allocations, hard.allocations) ? hard.allocations : soft.allocations,
  bytes: isAbove(soft.bytes, hard.bytes) ? hard.bytes : soft.bytes,
  addTime: isAbove(soft.addTime, hard.addTime) ? hard.addTime : soft.addTime,
  useTime: isAbove(soft.useTime, hard.useTime) ? hard.useTime : soft.useTime,
});

/** A hard limit of 0 is none. */
const isAbove = <T extends number | bigint>(soft: T, hard: T): boolean => hard > 0 && soft > hard;
