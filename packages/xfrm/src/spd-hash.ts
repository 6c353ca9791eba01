/**
 * `struct xfrmu_spdhinfo` (linux/xfrm.h).
 */
import type { FixedStructure } from "./structure.ts";
import { putUint32 } from "./writer.ts";

const field = { buckets: 0, maximum: 4 } as const;
const bytes = 8;

/** The buckets of the hash of policies. */
export interface SpdHash {
  buckets: number;
  maximum: number;
}

export const spdHash: FixedStructure<SpdHash> = {
  minimum: bytes,

  decode({ view, littleEndian }, at) {
    return {
      buckets: view.getUint32(at + field.buckets, littleEndian),
      maximum: view.getUint32(at + field.maximum, littleEndian),
    };
  },

  size: () => bytes,

  encode(writer, at, value) {
    putUint32(writer, at + field.buckets, value.buckets, "spdHash.buckets");
    putUint32(writer, at + field.maximum, value.maximum, "spdHash.maximum");
  },
};
