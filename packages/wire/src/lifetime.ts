/**
 * `struct sadb_lifetime`, extensions 2, 3 and 4 (RFC 2367 section 2.3.2).
 */
import type { ExtensionHeader } from "./extension.ts";

/** Counters (current) or limits (hard, soft) of an SA or a policy; a limit of 0 is none. */
export interface LifetimeExtension extends ExtensionHeader {
  kind: "lifetimeCurrent" | "lifetimeHard" | "lifetimeSoft";
  allocations: number;
  bytes: bigint;
  /** Seconds: since creation (limits), since 1970 (current). */
  addTime: bigint;
  /** Seconds: since first use (limits), since 1970 (current). */
  useTime: bigint;
}
