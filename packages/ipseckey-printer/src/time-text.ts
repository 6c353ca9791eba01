const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Seconds since 1970, as time(3) gives them. */
export const wholeSeconds = (milliseconds: number): bigint => BigInt(Math.floor(milliseconds / 1000));

/**
 * A date as strftime(3) writes `%c` in the C locale, in local time.
 *
 * @param seconds - a `time_t` as an unsigned field carries it
 */
export function timeText(seconds: bigint): string {
  const date = new Date(Number(BigInt.asIntN(64, seconds)) * 1000);
  const year = date.getFullYear();
  if (Number.isNaN(year)) return "<time conversion failed>";
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((value) => `${value}`.padStart(2, "0"))
    .join(":");
  const day = `${date.getDate()}`.padStart(2);
  return `${weekdays[date.getDay()]} ${months[date.getMonth()]} ${day} ${time} ${year}`;
}
