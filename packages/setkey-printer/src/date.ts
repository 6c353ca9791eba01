const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const never = " ".repeat(20);
const unknown = "?".repeat(20);

/** Two digits. */
export const twoDigits = (value: number): string => (value < 10 ? `0${value}` : `${value}`);

/**
 * `Mon dd hh:mm:ss yyyy`, local time, always 20 characters, as ctime(3) writes it without the day of the week: blanks
 * for 0, question marks for what is no four-digit year.
 *
 * @param seconds - a `time_t` as an unsigned field carries it
 */
export function dateText(seconds: bigint): string {
  if (seconds === 0n) return never;
  const date = new Date(Number(BigInt.asIntN(64, seconds)) * 1000);
  const year = date.getFullYear();
  if (!(year >= 1000 && year <= 9999)) return unknown;
  const day = `${date.getDate()}`.padStart(2);
  const time = `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}:${twoDigits(date.getSeconds())}`;
  return `${months[date.getMonth()]} ${day} ${time} ${year}`;
}

/** Seconds since 1970, as time(3) gives them. */
export const wholeSeconds = (milliseconds: number): bigint => BigInt(Math.floor(milliseconds / 1000));

/** Seconds since then, as the originals print a difference of times: unsigned. */
export const unsignedDifference = (now: bigint, then: bigint): bigint => BigInt.asUintN(64, now - then);
