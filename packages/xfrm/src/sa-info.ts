/**
 * `struct xfrm_usersa_info` (linux/xfrm.h).
 */
import { decodeAddress, putAddress } from "./address.ts";
import { type Current, current } from "./current.ts";
import { decodeHoles, encodeHoles } from "./holes.ts";
import { type Id, id } from "./id.ts";
import { type Lifetime, lifetime } from "./lifetime.ts";
import { type Selector, selector } from "./selector.ts";
import { type Stats, stats } from "./stats.ts";
import type { FixedStructure } from "./structure.ts";
import { putUint8, putUint16, putUint32 } from "./writer.ts";

const field = {
  selector: 0,
  id: 56,
  source: 80,
  lifetime: 96,
  current: 160,
  stats: 192,
  sequence: 204,
  reqid: 208,
  family: 212,
  mode: 214,
  replayWindow: 215,
  flags: 216,
} as const;
const bytes = 224;
const holes = [[217, 224]] as const;

/** A security association; its algorithms are attributes. */
export interface SaInfo {
  selector: Selector;
  id: Id;
  source: Uint8Array;
  lifetime: Lifetime;
  current: Current;
  stats: Stats;
  /** That of the ACQUIRE which the SA answers; not the sequence of the message. */
  sequence: number;
  reqid: number;
  /** Of the addresses: one of {@link AddressFamily}. */
  family: number;
  /** One of {@link Mode}. */
  mode: number;
  /** Packets; 0 where the attribute `replayEsnVal` says it. */
  replayWindow: number;
  /** Bits of {@link SaFlag}. */
  flags: number;
  /** The bytes that no field has, where they are not zero. */
  padding?: Uint8Array;
}

export const saInfo: FixedStructure<SaInfo> = {
  minimum: bytes,

  decode(reader, at) {
    const { view, littleEndian } = reader;
    const value: SaInfo = {
      selector: selector.decode(reader, at + field.selector),
      id: id.decode(reader, at + field.id),
      source: decodeAddress(reader, at + field.source),
      lifetime: lifetime.decode(reader, at + field.lifetime),
      current: current.decode(reader, at + field.current),
      stats: stats.decode(reader, at + field.stats),
      sequence: view.getUint32(at + field.sequence, littleEndian),
      reqid: view.getUint32(at + field.reqid, littleEndian),
      family: view.getUint16(at + field.family, littleEndian),
      mode: view.getUint8(at + field.mode),
      replayWindow: view.getUint8(at + field.replayWindow),
      flags: view.getUint8(at + field.flags),
    };
    const padding = decodeHoles(reader.bytes, at, holes);
    if (padding !== undefined) value.padding = padding;
    return value;
  },

  size: () => bytes,

  encode(writer, at, value) {
    selector.encode(writer, at + field.selector, value.selector);
    id.encode(writer, at + field.id, value.id);
    putAddress(writer, at + field.source, value.source, "saInfo.source");
    lifetime.encode(writer, at + field.lifetime, value.lifetime);
    current.encode(writer, at + field.current, value.current);
    stats.encode(writer, at + field.stats, value.stats);
    putUint32(writer, at + field.sequence, value.sequence, "saInfo.sequence");
    putUint32(writer, at + field.reqid, value.reqid, "saInfo.reqid");
    putUint16(writer, at + field.family, value.family, "saInfo.family");
    putUint8(writer, at + field.mode, value.mode, "saInfo.mode");
    putUint8(writer, at + field.replayWindow, value.replayWindow, "saInfo.replayWindow");
    putUint8(writer, at + field.flags, value.flags, "saInfo.flags");
    encodeHoles(writer, at, holes, value.padding, "saInfo.padding");
  },
};
