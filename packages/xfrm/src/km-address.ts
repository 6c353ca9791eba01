/**
 * `struct xfrm_user_kmaddress` (linux/xfrm.h).
 */
import { decodeAddress, putAddress } from "./address.ts";
import { decodeHoles, encodeHoles } from "./holes.ts";
import type { FixedStructure } from "./structure.ts";
import { putUint16 } from "./writer.ts";

const field = { local: 0, remote: 16, family: 36 } as const;
const bytes = 40;
const holes = [
  [32, 36],
  [38, 40],
] as const;

/** Where the key managers of a migration are. */
export interface KmAddress {
  local: Uint8Array;
  remote: Uint8Array;
  /** One of {@link AddressFamily}. */
  family: number;
  /** The bytes that no field has, where they are not zero. */
  padding?: Uint8Array;
}

export const kmAddress: FixedStructure<KmAddress> = {
  minimum: bytes,

  decode(reader, at) {
    const { view, littleEndian } = reader;
    const value: KmAddress = {
      local: decodeAddress(reader, at + field.local),
      remote: decodeAddress(reader, at + field.remote),
      family: view.getUint16(at + field.family, littleEndian),
    };
    const padding = decodeHoles(reader.bytes, at, holes);
    if (padding !== undefined) value.padding = padding;
    return value;
  },

  size: () => bytes,

  encode(writer, at, value) {
    putAddress(writer, at + field.local, value.local, "kmAddress.local");
    putAddress(writer, at + field.remote, value.remote, "kmAddress.remote");
    putUint16(writer, at + field.family, value.family, "kmAddress.family");
    encodeHoles(writer, at, holes, value.padding, "kmAddress.padding");
  },
};
