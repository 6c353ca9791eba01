/**
 * `struct xfrm_user_expire` (linux/xfrm.h).
 */
import { decodeHoles, encodeHoles } from "./holes.ts";
import { type SaInfo, saInfo } from "./sa-info.ts";
import type { FixedStructure } from "./structure.ts";
import { putUint8 } from "./writer.ts";

const field = { sa: 0, hard: 224 } as const;
const bytes = 232;
const holes = [[225, 232]] as const;

/** An SA at a limit. */
export interface Expire {
  sa: SaInfo;
  /** 1 at a hard limit, 0 at a soft one. */
  hard: number;
  /** The bytes that no field has, where they are not zero. */
  padding?: Uint8Array;
}

export const expire: FixedStructure<Expire> = {
  minimum: bytes,

  decode(reader, at) {
    const { view } = reader;
    const value: Expire = {
      sa: saInfo.decode(reader, at + field.sa),
      hard: view.getUint8(at + field.hard),
    };
    const padding = decodeHoles(reader.bytes, at, holes);
    if (padding !== undefined) value.padding = padding;
    return value;
  },

  size: () => bytes,

  encode(writer, at, value) {
    saInfo.encode(writer, at + field.sa, value.sa);
    putUint8(writer, at + field.hard, value.hard, "expire.hard");
    encodeHoles(writer, at, holes, value.padding, "expire.padding");
  },
};
