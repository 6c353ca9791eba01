/**
 * `struct xfrm_usersa_flush` (linux/xfrm.h).
 */
import type { FixedStructure } from "./structure.ts";
import { putUint8 } from "./writer.ts";

const field = { protocol: 0 } as const;
const bytes = 1;

/** Which SAs to delete. */
export interface Flush {
  /** 50 ESP, 51 AH, 108 IPComp; 0 is any. */
  protocol: number;
}

export const flush: FixedStructure<Flush> = {
  minimum: bytes,

  decode({ view }, at) {
    return {
      protocol: view.getUint8(at + field.protocol),
    };
  },

  size: () => bytes,

  encode(writer, at, value) {
    putUint8(writer, at + field.protocol, value.protocol, "flush.protocol");
  },
};
