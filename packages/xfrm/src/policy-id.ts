/**
 * `struct xfrm_userpolicy_id` (linux/xfrm.h).
 */
import { decodeHoles, encodeHoles } from "./holes.ts";
import { type Selector, selector } from "./selector.ts";
import type { FixedStructure } from "./structure.ts";
import { putUint8, putUint32 } from "./writer.ts";

const field = { selector: 0, index: 56, direction: 60 } as const;
const bytes = 64;
const holes = [[61, 64]] as const;

/** What a policy is known by: its index where that is not 0, otherwise its selector. */
export interface PolicyId {
  selector: Selector;
  index: number;
  /** One of {@link XfrmPolicyDirection}. */
  direction: number;
  /** The bytes that no field has, where they are not zero. */
  padding?: Uint8Array;
}

export const policyId: FixedStructure<PolicyId> = {
  minimum: bytes,

  decode(reader, at) {
    const { view, littleEndian } = reader;
    const value: PolicyId = {
      selector: selector.decode(reader, at + field.selector),
      index: view.getUint32(at + field.index, littleEndian),
      direction: view.getUint8(at + field.direction),
    };
    const padding = decodeHoles(reader.bytes, at, holes);
    if (padding !== undefined) value.padding = padding;
    return value;
  },

  size: () => bytes,

  encode(writer, at, value) {
    selector.encode(writer, at + field.selector, value.selector);
    putUint32(writer, at + field.index, value.index, "policyId.index");
    putUint8(writer, at + field.direction, value.direction, "policyId.direction");
    encodeHoles(writer, at, holes, value.padding, "policyId.padding");
  },
};
