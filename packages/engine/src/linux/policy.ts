import type { Alarm } from "../agenda.ts";
import type { Counters, Limits } from "../lifetime.ts";
import type { Place } from "../newest-first.ts";

/** What a policy is for: which packets, in which direction. */
export interface Selector {
  /** 1 in, 2 out, 3 fwd, as `PolicyDirection`. */
  readonly direction: number;
  /** 4 or 16 bytes, not masked by the prefix. */
  readonly source: Uint8Array;
  readonly sourcePrefixLength: number;
  /** 0 is any. */
  readonly sourcePort: number;
  readonly destination: Uint8Array;
  readonly destinationPrefixLength: number;
  readonly destinationPort: number;
  /** 0 is any. */
  readonly protocol: number;
}

/** One transform that a policy asks for. */
export interface Template {
  readonly protocol: number;
  /** One of `IpsecMode`, but any. */
  readonly mode: number;
  readonly reqid: number;
  readonly optional: boolean;
  /** The end points of a tunnel, or those that a MIGRATE gave to BEET. */
  readonly tunnel: { readonly source: Uint8Array; readonly destination: Uint8Array } | undefined;
}

/** A security policy. */
export interface Policy {
  readonly selector: Selector;
  readonly discard: boolean;
  readonly priority: number;
  templates: readonly Template[];
  readonly hard: Limits;
  readonly soft: Limits;
  readonly current: Counters;
  /** The database's. */
  id: number;
  /** Milliseconds since 1970 at which it was made, and used last. */
  readonly madeAt: number;
  usedAt: number | undefined;
  alarm: Alarm | undefined;
  /** While it is in the database. */
  place: Place<Policy> | undefined;
}

/** What a request about a policy asks for. */
export type AskedPolicy = Omit<ShownPolicy, "current" | "id">;

/** What a message shows of a policy. */
export type ShownPolicy = Omit<Policy, "madeAt" | "usedAt" | "alarm" | "place">;
