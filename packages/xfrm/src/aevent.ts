/**
 * `struct xfrm_aevent_id` (linux/xfrm.h).
 */
import { decodeAddress, putAddress } from "./address.ts";
import { type SaId, saId } from "./sa-id.ts";
import type { FixedStructure } from "./structure.ts";
import { putUint32 } from "./writer.ts";

const field = { id: 0, source: 24, flags: 40, reqid: 44 } as const;
const bytes = 48;

/** The replay state and the lifetime of an SA, which are attributes. */
export interface Aevent {
  id: SaId;
  source: Uint8Array;
  /** Bits of {@link AeventFlag}. */
  flags: number;
  reqid: number;
}

export const aevent: FixedStructure<Aevent> = {
  minimum: bytes,

  decode(reader, at) {
    const { view, littleEndian } = reader;
    return {
      id: saId.decode(reader, at + field.id),
      source: decodeAddress(reader, at + field.source),
      flags: view.getUint32(at + field.flags, littleEndian),
      reqid: view.getUint32(at + field.reqid, littleEndian),
    };
  },

  size: () => bytes,

  encode(writer, at, value) {
    saId.encode(writer, at + field.id, value.id);
    putAddress(writer, at + field.source, value.source, "aevent.source");
    putUint32(writer, at + field.flags, value.flags, "aevent.flags");
    putUint32(writer, at + field.reqid, value.reqid, "aevent.reqid");
  },
};
