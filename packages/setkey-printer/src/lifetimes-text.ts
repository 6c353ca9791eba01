import { find, type LifetimeExtension, type Message } from "@keysock/wire";
import { dateText, unsignedDifference } from "./date.ts";

type Limits = Pick<LifetimeExtension, "allocations" | "bytes" | "addTime" | "useTime">;

const unlimited: Limits = { allocations: 0, bytes: 0n, addTime: 0n, useTime: 0n };

/** The five lines of an SA's age, counters and limits; none where the message has no counters. */
export function lifetimesText(message: Message, now: bigint): string {
  const current = find(message, "lifetimeCurrent");
  if (current === undefined) return "";
  const hard = find(message, "lifetimeHard") ?? unlimited;
  const soft = find(message, "lifetimeSoft") ?? unlimited;
  const age = current.addTime === 0n ? 0n : unsignedDifference(now, current.addTime);
  const bytes = (limits: Limits): string => `${asDouble(limits.bytes)}(bytes)`;
  return (
    `\tcreated: ${dateText(current.addTime)}\tcurrent: ${dateText(now)}\n` +
    `\tdiff: ${age}(s)\thard: ${hard.addTime}(s)\tsoft: ${soft.addTime}(s)\n` +
    `\tlast: ${dateText(current.useTime)}\thard: ${hard.useTime}(s)\tsoft: ${soft.useTime}(s)\n` +
    `\tcurrent: ${bytes(current)}\thard: ${bytes(hard)}\tsoft: ${bytes(soft)}\n` +
    `\tallocated: ${current.allocations}\thard: ${hard.allocations}\tsoft: ${soft.allocations}\n`
  );
}

/** The originals print byte counts as `double`, so above 2^53 as the nearest one. */
const asDouble = (bytes: bigint): bigint => BigInt(Number(bytes));
