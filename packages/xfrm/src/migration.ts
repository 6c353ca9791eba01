/**
 * `struct xfrm_user_migrate` (linux/xfrm.h).
 */
import { decodeAddress, putAddress } from "./address.ts";
import { decodeHoles, encodeHoles } from "./holes.ts";
import type { FixedStructure } from "./structure.ts";
import { putUint8, putUint16, putUint32 } from "./writer.ts";

const field = {
  oldDestination: 0,
  oldSource: 16,
  newDestination: 32,
  newSource: 48,
  protocol: 64,
  mode: 65,
  reqid: 68,
  oldFamily: 72,
  newFamily: 74,
} as const;
const bytes = 76;
const holes = [[66, 68]] as const;

/** A template of a policy, and its SA, that go on between other addresses. */
export interface Migration {
  oldDestination: Uint8Array;
  oldSource: Uint8Array;
  newDestination: Uint8Array;
  newSource: Uint8Array;
  /** 50 ESP, 51 AH, 108 IPComp. */
  protocol: number;
  /** One of {@link Mode}. */
  mode: number;
  reqid: number;
  /** One of {@link AddressFamily}. */
  oldFamily: number;
  newFamily: number;
  /** The bytes that no field has, where they are not zero. */
  padding?: Uint8Array;
}

export const migration: FixedStructure<Migration> = {
  minimum: bytes,

  decode(reader, at) {
    const { view, littleEndian } = reader;
    const value: Migration = {
      oldDestination: decodeAddress(reader, at + field.oldDestination),
      oldSource: decodeAddress(reader, at + field.oldSource),
      newDestination: decodeAddress(reader, at + field.newDestination),
      newSource: decodeAddress(reader, at + field.newSource),
      protocol: view.getUint8(at + field.protocol),
      mode: view.getUint8(at + field.mode),
      reqid: view.getUint32(at + field.reqid, littleEndian),
      oldFamily: view.getUint16(at + field.oldFamily, littleEndian),
      newFamily: view.getUint16(at + field.newFamily, littleEndian),
    };
    const padding = decodeHoles(reader.bytes, at, holes);
    if (padding !== undefined) value.padding = padding;
    return value;
  },

  size: () => bytes,

  encode(writer, at, value) {
    putAddress(writer, at + field.oldDestination, value.oldDestination, "migration.oldDestination");
    putAddress(writer, at + field.oldSource, value.oldSource, "migration.oldSource");
    putAddress(writer, at + field.newDestination, value.newDestination, "migration.newDestination");
    putAddress(writer, at + field.newSource, value.newSource, "migration.newSource");
    putUint8(writer, at + field.protocol, value.protocol, "migration.protocol");
    putUint8(writer, at + field.mode, value.mode, "migration.mode");
    putUint32(writer, at + field.reqid, value.reqid, "migration.reqid");
    putUint16(writer, at + field.oldFamily, value.oldFamily, "migration.oldFamily");
    putUint16(writer, at + field.newFamily, value.newFamily, "migration.newFamily");
    encodeHoles(writer, at, holes, value.padding, "migration.padding");
  },
};
