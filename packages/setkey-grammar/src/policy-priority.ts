/** Smaller numbers come first. From libipsec's `ipsec_set_policy(3)`: the middle, and a quarter of the range above and below. */
const bases: Readonly<Record<string, number>> = {
  low: 0xc0000000,
  def: 0x80000000,
  high: 0x40000000,
};

const OFFSET_RANGE = "Priority offset not in valid range [-2147483647, 2147483648]";
const BASE_OFFSET_RANGE =
  "Priority offset from base not in valid range " +
  "[0, 1073741823] for negative offsets and [0, 1073741824] for positive offsets";

/** The number on the wire, or libipsec's words for an offset that is out of range. */
export type Priority = { value: number } | { message: string };

/** `prio N` and `prio -N`: so much before or behind the middle. */
export function priorityFromMiddle(sign: string, offset: number): Priority {
  if (offset > (sign === "-" ? 2147483647 : 2147483648)) return { message: OFFSET_RANGE };
  return { value: 0x80000000 - (sign === "-" ? -offset : offset) };
}

/** `prio low`, `prio def + N`, `prio high - N`. */
export function priorityFromBase(base: string, sign = "+", offset = 0): Priority {
  if (offset > (sign === "-" ? 1073741823 : 1073741824)) return { message: BASE_OFFSET_RANGE };
  return { value: bases[base]! - (sign === "-" ? -offset : offset) };
}
