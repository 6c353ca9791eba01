/**
 * IPv6 addresses in text, as glibc's inet_pton(3) and inet_ntop(3) do it.
 */
import { inetText, readInet } from "./inet.ts";

const byteCount = 16;
const groupDigits = 4;

/** The 16 bytes of an IPv6 address, or undefined. */
export function parseInet6(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(byteCount);
  /** Where the next group goes. */
  let at = 0;
  /** Where `::` stood. */
  let gap = -1;
  let group = 0;
  let digits = 0;
  let groupStart = 0;
  // One colon at the start is nothing; of two, the loop reads the second.
  const start = text.startsWith("::") ? 1 : 0;
  if (start === 0 && text.startsWith(":")) return undefined;

  for (let index = start; index < text.length; index++) {
    const char = text[index]!;
    const digit = hexDigit(char);
    if (digit !== undefined) {
      if (digits === groupDigits) return undefined;
      group = group * 16 + digit;
      digits++;
    } else if (char === ":") {
      groupStart = index + 1;
      if (digits === 0) {
        if (gap >= 0) return undefined;
        gap = at;
      } else {
        if (groupStart === text.length || at === byteCount) return undefined;
        bytes[at++] = group >> 8;
        bytes[at++] = group & 0xff;
        group = 0;
        digits = 0;
      }
    } else if (char === "." && at + 4 <= byteCount && readInet(text, groupStart, bytes, at)) {
      at += 4;
      digits = 0;
      break;
    } else return undefined;
  }
  if (digits > 0) {
    if (at === byteCount) return undefined;
    bytes[at++] = group >> 8;
    bytes[at++] = group & 0xff;
  }
  if (gap < 0) return at === byteCount ? bytes : undefined;
  // `::` stands for one group of zeros at the least.
  if (at === byteCount) return undefined;
  const tail = byteCount - (at - gap);
  bytes.copyWithin(tail, gap, at);
  bytes.fill(0, gap, tail);
  return bytes;
}

function hexDigit(char: string): number | undefined {
  const code = char.charCodeAt(0);
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : undefined;
}

/** 16 bytes as text: lower case, `::` for the first of the longest runs of two zero groups or more. */
export function inet6Text(bytes: Uint8Array): string {
  const groups: number[] = [];
  for (let at = 0; at < byteCount; at += 2) groups.push((bytes[at]! << 8) | bytes[at + 1]!);
  const run = longestZeroRun(groups);
  // IPv4-compatible and IPv4-mapped. RFC 5952 would leave the first alone; glibc does not.
  const dotted = run.start === 0 && (run.length === 6 || (run.length === 5 && groups[5] === 0xffff));
  if (dotted) return `::${run.length === 5 ? "ffff:" : ""}${inetText(bytes, 12)}`;
  if (run.length < 2) return hex(groups);
  return `${hex(groups.slice(0, run.start))}::${hex(groups.slice(run.start + run.length))}`;
}

/** The first of the longest runs of zeros. */
function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  const best = { start: 0, length: 0 };
  let length = 0;
  for (let index = 0; index < groups.length; index++) {
    length = groups[index] === 0 ? length + 1 : 0;
    if (length > best.length) {
      best.start = index + 1 - length;
      best.length = length;
    }
  }
  return best;
}

const hex = (groups: readonly number[]): string => groups.map((group) => group.toString(16)).join(":");
