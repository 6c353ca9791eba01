/**
 * `struct xfrm_user_offload` (linux/xfrm.h).
 */
import { decodeHoles, encodeHoles } from "./holes.ts";
import type { FixedStructure } from "./structure.ts";
import { putInt32, putUint8 } from "./writer.ts";

const field = { interfaceIndex: 0, flags: 4 } as const;
const bytes = 8;
const holes = [[5, 8]] as const;

/** The device that does the work of an SA or a policy. */
export interface Offload {
  interfaceIndex: number;
  /** Bits of {@link OffloadFlag}. */
  flags: number;
  /** The bytes that no field has, where they are not zero. */
  padding?: Uint8Array;
}

export const offload: FixedStructure<Offload> = {
  minimum: bytes,

  decode(reader, at) {
    const { view, littleEndian } = reader;
    const value: Offload = {
      interfaceIndex: view.getInt32(at + field.interfaceIndex, littleEndian),
      flags: view.getUint8(at + field.flags),
    };
    const padding = decodeHoles(reader.bytes, at, holes);
    if (padding !== undefined) value.padding = padding;
    return value;
  },

  size: () => bytes,

  encode(writer, at, value) {
    putInt32(writer, at + field.interfaceIndex, value.interfaceIndex, "offload.interfaceIndex");
    putUint8(writer, at + field.flags, value.flags, "offload.flags");
    encodeHoles(writer, at, holes, value.padding, "offload.padding");
  },
};
