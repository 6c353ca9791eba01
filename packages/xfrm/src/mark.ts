/**
 * `struct xfrm_mark` (linux/xfrm.h).
 */
import type { FixedStructure } from "./structure.ts";
import { putUint32 } from "./writer.ts";

const field = { value: 0, mask: 4 } as const;
const bytes = 8;

/** The packets that an SA or a policy is for, by their mark. */
export interface Mark {
  value: number;
  mask: number;
}

export const mark: FixedStructure<Mark> = {
  minimum: bytes,

  decode({ view, littleEndian }, at) {
    return {
      value: view.getUint32(at + field.value, littleEndian),
      mask: view.getUint32(at + field.mask, littleEndian),
    };
  },

  size: () => bytes,

  encode(writer, at, value) {
    putUint32(writer, at + field.value, value.value, "mark.value");
    putUint32(writer, at + field.mask, value.mask, "mark.mask");
  },
};
