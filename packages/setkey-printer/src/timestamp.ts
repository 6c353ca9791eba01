import { twoDigits } from "./date.ts";

/** How the monitor dates a message: `-x` by the clock, `-xx` in seconds since 1970. */
export type TimestampStyle = "clock" | "unix";

/**
 * The line that the monitor prints before each message: the local time of day or the seconds since 1970, down to the
 * microsecond.
 *
 * @param milliseconds - since 1970, with a fraction, as `Host.now()` gives it
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { timestamp } from "@keysock/setkey-printer";
 *
 * assert.equal(timestamp(1795355925404.874, "unix"), "1795355925.404874 \n");
 * assert.match(timestamp(1795355925404.874, "clock"), /^\d\d:\d\d:45\.404874 \n$/);
 * ```
 */
export function timestamp(milliseconds: number, style: TimestampStyle): string {
  const microseconds = Math.round(milliseconds * 1000);
  const seconds = Math.floor(microseconds / 1e6);
  const fraction = `${microseconds - seconds * 1e6}`.padStart(6, "0");
  if (style === "unix") return `${seconds}.${fraction} \n`;
  const date = new Date(seconds * 1000);
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(":");
  return `${clock}.${fraction} \n`;
}
