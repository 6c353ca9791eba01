import type { LifetimeExtension } from "@keysock/wire";
import type { PrintOptions } from "./options.ts";
import { bytesRemark, secondsRemark } from "./size-remark.ts";
import { timeText, wholeSeconds } from "./time-text.ts";

/** The lifetimes of a message; where it repeats one, the last. */
export type Lifetimes = Partial<Record<LifetimeExtension["kind"], LifetimeExtension>>;

/** All lifetimes of a message, in the order current, soft, hard, idle; nothing where there are none. */
export function lifetimesText(lifetimes: Lifetimes, options: PrintOptions): string {
  const { lifetimeCurrent: current, lifetimeSoft, lifetimeHard, lifetimeIdle } = lifetimes;
  const now = wholeSeconds(options.host.now());
  const texts = [
    current && currentText(current, now, options),
    lifetimeSoft && limitsText("SLT", "Soft", lifetimeSoft, current, now, options),
    lifetimeHard && limitsText("HLT", "Hard", lifetimeHard, current, now, options),
    lifetimeIdle && `ILT: Idle lifetime information:\n${timesText("ILT", lifetimeIdle, options)}`,
  ].filter((text) => text !== undefined);
  return texts.length === 0 ? "" : ` LT: Lifetime information\n${texts.join("")}`;
}

function currentText(current: LifetimeExtension, now: bigint, options: PrintOptions): string {
  const { bytes, allocations, addTime, useTime } = current;
  const date = (seconds: bigint) => `${timeText(seconds)}\n${rawTime("CLT", seconds, options)}`;
  return (
    "CLT: Current lifetime information:\n" +
    `CLT: ${bytes} bytes ${before(bytesRemark(bytes))}protected, ${allocations} allocations used.\n` +
    `CLT: SA added at time: ${date(addTime)}` +
    (useTime === 0n ? "" : `CLT: SA first used at time ${date(useTime)}`) +
    `CLT: Time now is ${date(now)}`
  );
}

function limitsText(
  tag: "SLT" | "HLT",
  name: "Soft" | "Hard",
  limits: LifetimeExtension,
  current: LifetimeExtension | undefined,
  now: bigint,
  options: PrintOptions,
): string {
  const { bytes, allocations } = limits;
  let text =
    `${tag}: ${name} lifetime information:\n` +
    `${tag}: ${bytes} bytes ${before(bytesRemark(bytes))}of lifetime, ${allocations} allocations.\n` +
    timesText(tag, limits, options);
  if (current === undefined) return text;
  if (bytes !== 0n) {
    const left = bytes > current.bytes ? bytes - current.bytes : 0n;
    text += `${tag}: ${left} bytes ${before(bytesRemark(left))}more can be protected.\n`;
  }
  const end = expiry(limits, current);
  if (end === undefined) return text;
  const left = BigInt.asIntN(64, end - now);
  const remark = after(seconds(left, options));
  text += `${tag}: ${name} expiration ${left >= 0n ? `occurs in ${left} seconds${remark}` : "occurred"}\n`;
  return `${text}${tag}: Time of expiration: ${timeText(end)}.\n${rawTime(tag, end, options)}`;
}

/** The earlier one of the ends that addition and first use set; undefined where nothing does. */
function expiry(limits: LifetimeExtension, current: LifetimeExtension): bigint | undefined {
  const ends: bigint[] = [];
  if (limits.addTime !== 0n) ends.push(BigInt.asUintN(64, current.addTime + limits.addTime));
  if (limits.useTime !== 0n && current.useTime !== 0n) {
    ends.push(BigInt.asUintN(64, current.useTime + limits.useTime));
  }
  return ends.reduce<bigint | undefined>(
    (first, end) => (first === undefined || end < first ? end : first),
    undefined,
  );
}

function timesText(tag: string, { addTime, useTime }: LifetimeExtension, options: PrintOptions): string {
  return (
    `${tag}: ${addTime} seconds ${before(seconds(addTime, options))}of post-add lifetime.\n` +
    `${tag}: ${useTime} seconds ${before(seconds(useTime, options))}of post-use lifetime.\n`
  );
}

/** The original's remark takes 32 bits of the number. */
const seconds = (value: bigint, { compat }: PrintOptions): string =>
  secondsRemark(compat ? BigInt.asUintN(32, value) : value);

const rawTime = (tag: string, time: bigint, { rawTimes }: PrintOptions): string =>
  rawTimes ? `${tag}: \t(raw time value ${time})\n` : "";

const before = (remark: string): string => (remark === "" ? "" : `${remark} `);
const after = (remark: string): string => (remark === "" ? "" : ` ${remark}`);
