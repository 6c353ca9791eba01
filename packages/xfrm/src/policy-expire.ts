/**
 * `struct xfrm_user_polexpire` (linux/xfrm.h).
 */
import { decodeHoles, encodeHoles } from "./holes.ts";
import { type PolicyInfo, policyInfo } from "./policy-info.ts";
import type { FixedStructure } from "./structure.ts";
import { putUint8 } from "./writer.ts";

const field = { policy: 0, hard: 168 } as const;
const bytes = 176;
const holes = [[169, 176]] as const;

/** A policy at a limit. */
export interface PolicyExpire {
  policy: PolicyInfo;
  /** 1 at a hard limit, 0 at a soft one. */
  hard: number;
  /** The bytes that no field has, where they are not zero. */
  padding?: Uint8Array;
}

export const policyExpire: FixedStructure<PolicyExpire> = {
  minimum: bytes,

  decode(reader, at) {
    const { view } = reader;
    const value: PolicyExpire = {
      policy: policyInfo.decode(reader, at + field.policy),
      hard: view.getUint8(at + field.hard),
    };
    const padding = decodeHoles(reader.bytes, at, holes);
    if (padding !== undefined) value.padding = padding;
    return value;
  },

  size: () => bytes,

  encode(writer, at, value) {
    policyInfo.encode(writer, at + field.policy, value.policy);
    putUint8(writer, at + field.hard, value.hard, "policyExpire.hard");
    encodeHoles(writer, at, holes, value.padding, "policyExpire.padding");
  },
};
