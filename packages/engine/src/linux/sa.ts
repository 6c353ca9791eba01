import type { Alarm } from "../agenda.ts";
import type { Counters, Limits } from "../lifetime.ts";
import type { Place } from "../newest-first.ts";

/** A key of an SA; the bytes are the engine's own. */
export interface SaKey {
  readonly bits: number;
  readonly bytes: Uint8Array;
}

/** ESP in UDP. */
export interface Encapsulation {
  readonly type: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
}

/** A security association, larval ones included. */
export interface Sa {
  /** IP protocol number; any in what a GETSPI without SA type leaves behind. */
  readonly protocol: number;
  /** 0 in a larval SA that no GETSPI has given one. */
  spi: number;
  /** 4 or 16 bytes. */
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
  /** Source of the SA's selector, which ADDRESS_PROXY shows: 16 bytes, of which IPv4 uses the first 4. */
  readonly inner: { readonly source: Uint8Array; readonly prefixLength: number };
  /** "failed": key management could not make one of a larval SA. */
  state: "larval" | "mature" | "failed" | "dead";
  /** A soft limit has been reached. */
  dying: boolean;
  /** One of `IpsecMode`, but any. */
  readonly mode: number;
  readonly reqid: number;
  readonly replay: number;
  readonly flags: number;
  readonly authentication: number;
  readonly encryption: number;
  readonly authenticationKey: SaKey | undefined;
  readonly encryptionKey: SaKey | undefined;
  encapsulation: Encapsulation | undefined;
  hard: Limits;
  soft: Limits;
  readonly current: Counters;
  /** Of the ACQUIRE or the request that made it. */
  readonly sequence: number;
  /** Milliseconds since 1970 at which it was made, first used, and its limits set. */
  readonly madeAt: number;
  usedAt: number | undefined;
  limitedAt: number;
  alarm: Alarm | undefined;
  /** While it is in the database. */
  place: Place<Sa> | undefined;
}

/** What a message shows of an SA. */
export type ShownSa = Omit<Sa, "sequence" | "madeAt" | "usedAt" | "limitedAt" | "alarm" | "place">;

/** Overwrites the keys. */
export function wipeKeys(sa: Pick<Sa, "authenticationKey" | "encryptionKey">): void {
  sa.authenticationKey?.bytes.fill(0);
  sa.encryptionKey?.bytes.fill(0);
}

/** A key with bytes of its own. */
export const copiedKey = (key: SaKey | undefined): SaKey | undefined =>
  key === undefined ? undefined : { bits: key.bits, bytes: key.bytes.slice() };
