/**
 * `struct sadb_lifetime`, extensions 2, 3 and 4 (RFC 2367 section 2.3.2); on illumos also 26, LIFETIME_IDLE (net/pfkeyv2.h).
 */
import type { ExtensionHeader } from "./extension.ts";
import type { Structure } from "./structure.ts";
import { putUint32, putUint64 } from "./writer.ts";

const field = { allocations: 4, bytes: 8, addTime: 16, useTime: 24 } as const;
const bytes = 32;

/** Counters (current) or limits (hard, soft, idle) of an SA or a policy; a limit of 0 is none. */
export interface LifetimeExtension extends ExtensionHeader {
  /** `lifetimeIdle` has times only. */
  kind: "lifetimeCurrent" | "lifetimeHard" | "lifetimeSoft" | "lifetimeIdle";
  allocations: number;
  bytes: bigint;
  /** Seconds: since creation (limits), since 1970 (current). */
  addTime: bigint;
  /** Seconds: since first use (limits), since 1970 (current). */
  useTime: bigint;
}

export const lifetime: Structure<LifetimeExtension> = {
  minimum: bytes,

  decode({ view, littleEndian }, at, { kind, type, length }) {
    return {
      kind,
      type,
      length,
      allocations: view.getUint32(at + field.allocations, littleEndian),
      bytes: view.getBigUint64(at + field.bytes, littleEndian),
      addTime: view.getBigUint64(at + field.addTime, littleEndian),
      useTime: view.getBigUint64(at + field.useTime, littleEndian),
    };
  },

  size: () => bytes,

  encode(writer, at, extension) {
    putUint32(writer, at + field.allocations, extension.allocations, "lifetime.allocations");
    putUint64(writer, at + field.bytes, extension.bytes, "lifetime.bytes");
    putUint64(writer, at + field.addTime, extension.addTime, "lifetime.addTime");
    putUint64(writer, at + field.useTime, extension.useTime, "lifetime.useTime");
  },
};
