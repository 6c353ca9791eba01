/**
 * `struct xfrm_userpolicy_default` (linux/xfrm.h).
 */
import type { FixedStructure } from "./structure.ts";
import { putUint8 } from "./writer.ts";

const field = { in: 0, fwd: 1, out: 2 } as const;
const bytes = 3;

/** What becomes of traffic without a policy: each one of {@link DefaultAction}. */
export interface DefaultPolicy {
  in: number;
  fwd: number;
  out: number;
}

export const defaultPolicy: FixedStructure<DefaultPolicy> = {
  minimum: bytes,

  decode({ view }, at) {
    return {
      in: view.getUint8(at + field.in),
      fwd: view.getUint8(at + field.fwd),
      out: view.getUint8(at + field.out),
    };
  },

  size: () => bytes,

  encode(writer, at, value) {
    putUint8(writer, at + field.in, value.in, "defaultPolicy.in");
    putUint8(writer, at + field.fwd, value.fwd, "defaultPolicy.fwd");
    putUint8(writer, at + field.out, value.out, "defaultPolicy.out");
  },
};
