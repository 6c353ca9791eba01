import { newCounters, unlimited } from "../lifetime.ts";
import { stored } from "./address.ts";
import type { Sa } from "./sa.ts";
import type { Wanted } from "./sadb.ts";

/** net.core.xfrm_acq_expires, seconds. */
const larvalSeconds = 30n;

/** An SA that is yet to be negotiated. `innerSource` and `sequence` are those of a packet's ACQUIRE. */
export function createLarval(wanted: Wanted, now: number, innerSource = wanted.source, sequence = 0): Sa {
  return {
    ...wanted,
    spi: 0,
    inner: { source: stored(innerSource), prefixLength: wanted.source.length * 8 },
    state: "larval",
    dying: false,
    replay: 0,
    flags: 0,
    authentication: 0,
    encryption: 0,
    authenticationKey: undefined,
    encryptionKey: undefined,
    encapsulation: undefined,
    hard: { ...unlimited, addTime: larvalSeconds },
    soft: unlimited,
    current: newCounters(now),
    sequence,
    madeAt: now,
    usedAt: undefined,
    limitedAt: now,
    alarm: undefined,
    place: undefined,
  };
}
