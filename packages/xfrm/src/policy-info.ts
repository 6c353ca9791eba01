/**
 * `struct xfrm_userpolicy_info` (linux/xfrm.h).
 */

import { type Current, current } from "./current.ts";
import { decodeHoles, encodeHoles } from "./holes.ts";
import { type Lifetime, lifetime } from "./lifetime.ts";
import { type Selector, selector } from "./selector.ts";
import type { FixedStructure } from "./structure.ts";
import { putUint8, putUint32 } from "./writer.ts";

const field = {
  selector: 0,
  lifetime: 56,
  current: 120,
  priority: 152,
  index: 156,
  direction: 160,
  action: 161,
  flags: 162,
  share: 163,
} as const;
const bytes = 168;
const holes = [[164, 168]] as const;

/** A security policy; its templates are an attribute. */
export interface PolicyInfo {
  selector: Selector;
  lifetime: Lifetime;
  current: Current;
  /** Smaller goes first. */
  priority: number;
  /** 0 in a request lets the kernel choose. */
  index: number;
  /** One of {@link XfrmPolicyDirection}. */
  direction: number;
  /** One of {@link PolicyAction}. */
  action: number;
  /** Bits of {@link PolicyFlag}. */
  flags: number;
  /** One of {@link Share}. */
  share: number;
  /** The bytes that no field has, where they are not zero. */
  padding?: Uint8Array;
}

export const policyInfo: FixedStructure<PolicyInfo> = {
  minimum: bytes,

  decode(reader, at) {
    const { view, littleEndian } = reader;
    const value: PolicyInfo = {
      selector: selector.decode(reader, at + field.selector),
      lifetime: lifetime.decode(reader, at + field.lifetime),
      current: current.decode(reader, at + field.current),
      priority: view.getUint32(at + field.priority, littleEndian),
      index: view.getUint32(at + field.index, littleEndian),
      direction: view.getUint8(at + field.direction),
      action: view.getUint8(at + field.action),
      flags: view.getUint8(at + field.flags),
      share: view.getUint8(at + field.share),
    };
    const padding = decodeHoles(reader.bytes, at, holes);
    if (padding !== undefined) value.padding = padding;
    return value;
  },

  size: () => bytes,

  encode(writer, at, value) {
    selector.encode(writer, at + field.selector, value.selector);
    lifetime.encode(writer, at + field.lifetime, value.lifetime);
    current.encode(writer, at + field.current, value.current);
    putUint32(writer, at + field.priority, value.priority, "policyInfo.priority");
    putUint32(writer, at + field.index, value.index, "policyInfo.index");
    putUint8(writer, at + field.direction, value.direction, "policyInfo.direction");
    putUint8(writer, at + field.action, value.action, "policyInfo.action");
    putUint8(writer, at + field.flags, value.flags, "policyInfo.flags");
    putUint8(writer, at + field.share, value.share, "policyInfo.share");
    encodeHoles(writer, at, holes, value.padding, "policyInfo.padding");
  },
};
