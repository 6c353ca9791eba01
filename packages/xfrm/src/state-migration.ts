/**
 * `struct xfrm_user_migrate_state` (linux/xfrm.h).
 */
import { decodeAddress, putAddress } from "./address.ts";
import { decodeHoles, encodeHoles } from "./holes.ts";
import { type Mark, mark } from "./mark.ts";
import { type SaId, saId } from "./sa-id.ts";
import { type Selector, selector } from "./selector.ts";
import type { FixedStructure } from "./structure.ts";
import { putUint16, putUint32 } from "./writer.ts";

const field = {
  id: 0,
  newDestination: 24,
  newSource: 40,
  oldMark: 56,
  newSelector: 64,
  newReqid: 120,
  flags: 124,
  newFamily: 128,
} as const;
const bytes = 132;
const holes = [[130, 132]] as const;

/** An SA that goes on between other addresses. */
export interface StateMigration {
  id: SaId;
  newDestination: Uint8Array;
  newSource: Uint8Array;
  oldMark: Mark;
  newSelector: Selector;
  newReqid: number;
  /** Bits of {@link StateMigrationFlag}. */
  flags: number;
  /** One of {@link AddressFamily}. */
  newFamily: number;
  /** The bytes that no field has, where they are not zero. */
  padding?: Uint8Array;
}

export const stateMigration: FixedStructure<StateMigration> = {
  minimum: bytes,

  decode(reader, at) {
    const { view, littleEndian } = reader;
    const value: StateMigration = {
      id: saId.decode(reader, at + field.id),
      newDestination: decodeAddress(reader, at + field.newDestination),
      newSource: decodeAddress(reader, at + field.newSource),
      oldMark: mark.decode(reader, at + field.oldMark),
      newSelector: selector.decode(reader, at + field.newSelector),
      newReqid: view.getUint32(at + field.newReqid, littleEndian),
      flags: view.getUint32(at + field.flags, littleEndian),
      newFamily: view.getUint16(at + field.newFamily, littleEndian),
    };
    const padding = decodeHoles(reader.bytes, at, holes);
    if (padding !== undefined) value.padding = padding;
    return value;
  },

  size: () => bytes,

  encode(writer, at, value) {
    saId.encode(writer, at + field.id, value.id);
    putAddress(writer, at + field.newDestination, value.newDestination, "stateMigration.newDestination");
    putAddress(writer, at + field.newSource, value.newSource, "stateMigration.newSource");
    mark.encode(writer, at + field.oldMark, value.oldMark);
    selector.encode(writer, at + field.newSelector, value.newSelector);
    putUint32(writer, at + field.newReqid, value.newReqid, "stateMigration.newReqid");
    putUint32(writer, at + field.flags, value.flags, "stateMigration.flags");
    putUint16(writer, at + field.newFamily, value.newFamily, "stateMigration.newFamily");
    encodeHoles(writer, at, holes, value.padding, "stateMigration.padding");
  },
};
