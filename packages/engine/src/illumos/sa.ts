import { IllumosSaFlag, type OutgoingExtension } from "@keysock/wire";
import type { Alarm } from "../agenda.ts";
import { type Counters, type Limits, newCounters, unlimited } from "../lifetime.ts";
import type { Place } from "../newest-first.ts";
import type { Address } from "./addresses.ts";

/** SA types that this kernel has SAs of. */
export type Protocol = "ah" | "esp";

/** A key of an SA; the bytes are the engine's own. */
export interface SaKey {
  /** Salt included, which the bytes end with. */
  readonly bits: number;
  readonly saltBits: number;
  readonly bytes: Uint8Array;
}

/** A security association, larval ones included. */
export interface Sa {
  readonly protocol: Protocol;
  readonly spi: number;
  /** 4 or 16 bytes. */
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
  /** All that it has, in the order of GET. */
  readonly addresses: readonly Address[];
  /** One of `SaState`. */
  state: number;
  /** As given, without those that tell what can be seen anyway: paired, used. */
  readonly flags: number;
  readonly replay: number;
  readonly authentication: number;
  readonly encryption: number;
  readonly authenticationKey: SaKey | undefined;
  readonly encryptionKey: SaKey | undefined;
  /** KM_COOKIE, identities and labels as they came, each in the order of GET. */
  readonly cookie: readonly OutgoingExtension[];
  readonly identities: readonly OutgoingExtension[];
  readonly labels: readonly OutgoingExtension[];
  /** Of REPLAY_VALUE. */
  replayValue: number;
  hard: Limits;
  soft: Limits;
  idle: Limits;
  readonly current: Counters;
  /** The SA of the other direction, which has this one as its own pair. */
  pair: Sa | undefined;
  /** Milliseconds since 1970 at which it was made and first used. */
  readonly madeAt: number;
  usedAt: number | undefined;
  /** Milliseconds since 1970 at which it was made, last used or last updated. */
  activeAt: number;
  /** That it is idle has been told, and nothing has happened since. */
  idleTold: boolean;
  alarm: Alarm | undefined;
  /** While it is in the database. */
  place: Place<Sa> | undefined;
}

/** What every SA has from the beginning. */
type Born = Pick<Sa, "protocol" | "spi" | "source" | "destination" | "addresses" | "state">;

/** An SA that is made now, and has nothing but what is given. */
export function createSa(given: Born & Partial<Sa>, now: number): Sa {
  return {
    flags: 0,
    replay: 0,
    authentication: 0,
    encryption: 0,
    authenticationKey: undefined,
    encryptionKey: undefined,
    cookie: [],
    identities: [],
    labels: [],
    replayValue: 0,
    hard: unlimited,
    soft: unlimited,
    idle: unlimited,
    current: newCounters(now),
    pair: undefined,
    madeAt: now,
    usedAt: undefined,
    activeAt: now,
    idleTold: false,
    alarm: undefined,
    place: undefined,
    ...given,
  };
}

/** Which way its packets go; undefined if nobody said, and then it is good for both. */
export function directionOf({ flags }: { readonly flags: number }): "in" | "out" | undefined {
  switch (flags & (IllumosSaFlag.inbound | IllumosSaFlag.outbound)) {
    case IllumosSaFlag.inbound:
      return "in";
    case IllumosSaFlag.outbound:
      return "out";
    default:
      return undefined;
  }
}

/** Overwrites the keys. */
export function wipeKeys(sa: Sa): void {
  sa.authenticationKey?.bytes.fill(0);
  sa.encryptionKey?.bytes.fill(0);
}
