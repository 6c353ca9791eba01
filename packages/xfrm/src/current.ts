/**
 * `struct xfrm_lifetime_cur` (linux/xfrm.h).
 */
import type { FixedStructure } from "./structure.ts";
import { putUint64 } from "./writer.ts";

const field = { bytes: 0, packets: 8, addTime: 16, useTime: 24 } as const;
const bytes = 32;

/** Counters of an SA or a policy. */
export interface Current {
  bytes: bigint;
  packets: bigint;
  /** Seconds since 1970. */
  addTime: bigint;
  /** Seconds since 1970; 0 if it was never used. */
  useTime: bigint;
}

export const current: FixedStructure<Current> = {
  minimum: bytes,

  decode({ view, littleEndian }, at) {
    return {
      bytes: view.getBigUint64(at + field.bytes, littleEndian),
      packets: view.getBigUint64(at + field.packets, littleEndian),
      addTime: view.getBigUint64(at + field.addTime, littleEndian),
      useTime: view.getBigUint64(at + field.useTime, littleEndian),
    };
  },

  size: () => bytes,

  encode(writer, at, value) {
    putUint64(writer, at + field.bytes, value.bytes, "current.bytes");
    putUint64(writer, at + field.packets, value.packets, "current.packets");
    putUint64(writer, at + field.addTime, value.addTime, "current.addTime");
    putUint64(writer, at + field.useTime, value.useTime, "current.useTime");
  },
};
