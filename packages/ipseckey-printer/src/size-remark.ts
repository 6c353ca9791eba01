const units = ["KB", "MB", "GB", "TB", "PB", "EB"];

/** The same number in a larger unit, in parentheses; nothing where that would not help. */
export function bytesRemark(bytes: bigint): string {
  if (bytes <= 1024n) return "";
  let value = Number(bytes) / 1024;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `(${twoDecimals(value)} ${units[unit]})`;
}

/** The same number of seconds in days, hours or minutes, in parentheses; nothing up to a minute. */
export function secondsRemark(seconds: bigint): string {
  if (seconds <= 60n) return "";
  const [length, name] =
    seconds >= 86400n ? [86400, "day"] : seconds >= 3600n ? [3600, "hour"] : [60, "minute"];
  const value = Number(seconds) / length;
  return `(${twoDecimals(value)} ${name}${value >= 2 ? "s" : ""})`;
}

/** As `%.2f`: of two equally near, the even one, where toFixed takes the larger. */
function twoDecimals(value: number): string {
  const hundredths = value * 100;
  const between = Number.isInteger(value * 8) && hundredths % 1 === 0.5;
  return (between ? (2 * Math.round(hundredths / 2)) / 100 : value).toFixed(2);
}
