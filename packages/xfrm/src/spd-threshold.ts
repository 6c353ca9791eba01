/**
 * `struct xfrmu_spdhthresh` (linux/xfrm.h).
 */
import type { FixedStructure } from "./structure.ts";
import { putUint8 } from "./writer.ts";

const field = { local: 0, remote: 1 } as const;
const bytes = 2;

/** The prefix lengths from which on a policy is hashed. */
export interface SpdThreshold {
  local: number;
  remote: number;
}

export const spdThreshold: FixedStructure<SpdThreshold> = {
  minimum: bytes,

  decode({ view }, at) {
    return {
      local: view.getUint8(at + field.local),
      remote: view.getUint8(at + field.remote),
    };
  },

  size: () => bytes,

  encode(writer, at, value) {
    putUint8(writer, at + field.local, value.local, "spdThreshold.local");
    putUint8(writer, at + field.remote, value.remote, "spdThreshold.remote");
  },
};
