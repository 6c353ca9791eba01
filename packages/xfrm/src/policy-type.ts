/**
 * `struct xfrm_userpolicy_type` (linux/xfrm.h).
 */
import { decodeHoles, encodeHoles } from "./holes.ts";
import type { FixedStructure } from "./structure.ts";
import { putUint8 } from "./writer.ts";

const field = { type: 0 } as const;
const bytes = 6;
const holes = [[1, 6]] as const;

/** Main policy or sub-policy. */
export interface PolicyTypeInfo {
  /** One of {@link XfrmPolicyType}. */
  type: number;
  /** The bytes that no field has, where they are not zero. */
  padding?: Uint8Array;
}

export const policyType: FixedStructure<PolicyTypeInfo> = {
  minimum: bytes,

  decode(reader, at) {
    const { view } = reader;
    const value: PolicyTypeInfo = {
      type: view.getUint8(at + field.type),
    };
    const padding = decodeHoles(reader.bytes, at, holes);
    if (padding !== undefined) value.padding = padding;
    return value;
  },

  size: () => bytes,

  encode(writer, at, value) {
    putUint8(writer, at + field.type, value.type, "policyType.type");
    encodeHoles(writer, at, holes, value.padding, "policyType.padding");
  },
};
