/**
 * `struct xfrm_user_mapping` (linux/xfrm.h).
 */
import { decodeAddress, putAddress } from "./address.ts";
import { type SaId, saId } from "./sa-id.ts";
import type { FixedStructure } from "./structure.ts";
import { putNetworkUint16, putUint32 } from "./writer.ts";

const field = {
  id: 0,
  reqid: 24,
  oldSource: 28,
  newSource: 44,
  oldSourcePort: 60,
  newSourcePort: 62,
} as const;
const bytes = 64;

/** A peer behind NAT that sends from somewhere else now. */
export interface Mapping {
  id: SaId;
  reqid: number;
  oldSource: Uint8Array;
  newSource: Uint8Array;
  oldSourcePort: number;
  newSourcePort: number;
}

export const mapping: FixedStructure<Mapping> = {
  minimum: bytes,

  decode(reader, at) {
    const { view, littleEndian } = reader;
    return {
      id: saId.decode(reader, at + field.id),
      reqid: view.getUint32(at + field.reqid, littleEndian),
      oldSource: decodeAddress(reader, at + field.oldSource),
      newSource: decodeAddress(reader, at + field.newSource),
      oldSourcePort: view.getUint16(at + field.oldSourcePort),
      newSourcePort: view.getUint16(at + field.newSourcePort),
    };
  },

  size: () => bytes,

  encode(writer, at, value) {
    saId.encode(writer, at + field.id, value.id);
    putUint32(writer, at + field.reqid, value.reqid, "mapping.reqid");
    putAddress(writer, at + field.oldSource, value.oldSource, "mapping.oldSource");
    putAddress(writer, at + field.newSource, value.newSource, "mapping.newSource");
    putNetworkUint16(writer, at + field.oldSourcePort, value.oldSourcePort, "mapping.oldSourcePort");
    putNetworkUint16(writer, at + field.newSourcePort, value.newSourcePort, "mapping.newSourcePort");
  },
};
