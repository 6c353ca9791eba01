import type { Counters, Limits } from "@keysock/engine/linux";
import type { Current } from "../current.ts";
import type { Lifetime } from "../lifetime.ts";

/** XFRM_INF: no limit of bytes or packets; PF_KEY says 0. */
const unlimited = 0xffff_ffff_ffff_ffffn;

const toXfrm = (limit: bigint | number): bigint => BigInt(limit) || unlimited;
const toPfKey = (limit: bigint): bigint => (limit === unlimited ? 0n : limit);
/** PF_KEY has 32 bits for packets. A counter goes round as it does there; a limit beyond them is not the one that is left of it. */
const low32 = (number: bigint): number => Number(number & 0xffff_ffffn);
const upTo32 = (limit: bigint): number => Number(limit > 0xffff_ffffn ? 0xffff_ffffn : limit);
/** In seconds; no clock goes so far. */
const timeOf = (time: bigint): number => Math.min(Number(time), Number.MAX_SAFE_INTEGER);

export function lifetimeOf(hard: Limits, soft: Limits): Lifetime {
  return {
    softBytes: toXfrm(soft.bytes),
    hardBytes: toXfrm(hard.bytes),
    softPackets: toXfrm(soft.allocations),
    hardPackets: toXfrm(hard.allocations),
    softAddTime: soft.addTime,
    hardAddTime: hard.addTime,
    softUseTime: soft.useTime,
    hardUseTime: hard.useTime,
  };
}

export const hardOf = (lifetime: Lifetime): Limits => ({
  allocations: upTo32(toPfKey(lifetime.hardPackets)),
  bytes: toPfKey(lifetime.hardBytes),
  addTime: lifetime.hardAddTime,
  useTime: lifetime.hardUseTime,
});

export const softOf = (lifetime: Lifetime): Limits => ({
  allocations: upTo32(toPfKey(lifetime.softPackets)),
  bytes: toPfKey(lifetime.softBytes),
  addTime: lifetime.softAddTime,
  useTime: lifetime.softUseTime,
});

export const countersOf = ({ packets, bytes, addTime, useTime }: Current): Counters => ({
  allocations: low32(packets),
  bytes,
  addTime: timeOf(addTime),
  useTime: timeOf(useTime),
});

/**
 * Whether a soft limit is reached, which XFRM does not say. The kernel looks at bytes and packets before it counts the one at hand, so
 * the last packet has not been looked at; how long it was is not known, and so taken to be as long as the others. `now` is
 * in seconds since 1970.
 */
export function isDying(lifetime: Lifetime, current: Current, now: number): boolean {
  const { softBytes, softPackets, softAddTime, softUseTime } = lifetime;
  const isPast = (start: bigint, limit: bigint) =>
    limit !== 0n && start !== 0n && start + limit <= BigInt(now);
  const { bytes, packets } = current;
  const looked = packets - 1n;
  const isOver = (soft: bigint, counted: bigint) => soft !== unlimited && packets > 0n && counted >= soft;
  return (
    isOver(softBytes, packets > 0n ? (bytes * looked) / packets : 0n) ||
    isOver(softPackets, looked) ||
    isPast(current.addTime, softAddTime) ||
    isPast(current.useTime, softUseTime)
  );
}

/** Nothing yet: what a request has. */
export const noCurrent: Current = { bytes: 0n, packets: 0n, addTime: 0n, useTime: 0n };
