/**
 * `struct xfrm_user_tmpl` (linux/xfrm.h).
 */
import { decodeAddress, putAddress } from "./address.ts";
import { decodeHoles, encodeHoles } from "./holes.ts";
import { type Id, id } from "./id.ts";
import type { FixedStructure } from "./structure.ts";
import { putUint8, putUint16, putUint32 } from "./writer.ts";

const field = {
  id: 0,
  family: 24,
  source: 28,
  reqid: 44,
  mode: 48,
  share: 49,
  optional: 50,
  authenticationAlgorithms: 52,
  encryptionAlgorithms: 56,
  compressionAlgorithms: 60,
} as const;
const bytes = 64;
const holes = [
  [26, 28],
  [51, 52],
] as const;

/** One transform of a policy. */
export interface Template {
  /** The tunnel's far end; SPI 0 is any. */
  id: Id;
  /** Of the addresses: one of {@link AddressFamily}. */
  family: number;
  source: Uint8Array;
  /** 0 is any. */
  reqid: number;
  /** One of {@link Mode}. */
  mode: number;
  /** One of {@link Share}. */
  share: number;
  /** 1 where traffic may go without, 0 where it may not. */
  optional: number;
  /** Mask of the algorithms that will do; all ones are any. */
  authenticationAlgorithms: number;
  encryptionAlgorithms: number;
  compressionAlgorithms: number;
  /** The bytes that no field has, where they are not zero. */
  padding?: Uint8Array;
}

export const template: FixedStructure<Template> = {
  minimum: bytes,

  decode(reader, at) {
    const { view, littleEndian } = reader;
    const value: Template = {
      id: id.decode(reader, at + field.id),
      family: view.getUint16(at + field.family, littleEndian),
      source: decodeAddress(reader, at + field.source),
      reqid: view.getUint32(at + field.reqid, littleEndian),
      mode: view.getUint8(at + field.mode),
      share: view.getUint8(at + field.share),
      optional: view.getUint8(at + field.optional),
      authenticationAlgorithms: view.getUint32(at + field.authenticationAlgorithms, littleEndian),
      encryptionAlgorithms: view.getUint32(at + field.encryptionAlgorithms, littleEndian),
      compressionAlgorithms: view.getUint32(at + field.compressionAlgorithms, littleEndian),
    };
    const padding = decodeHoles(reader.bytes, at, holes);
    if (padding !== undefined) value.padding = padding;
    return value;
  },

  size: () => bytes,

  encode(writer, at, value) {
    id.encode(writer, at + field.id, value.id);
    putUint16(writer, at + field.family, value.family, "template.family");
    putAddress(writer, at + field.source, value.source, "template.source");
    putUint32(writer, at + field.reqid, value.reqid, "template.reqid");
    putUint8(writer, at + field.mode, value.mode, "template.mode");
    putUint8(writer, at + field.share, value.share, "template.share");
    putUint8(writer, at + field.optional, value.optional, "template.optional");
    putUint32(
      writer,
      at + field.authenticationAlgorithms,
      value.authenticationAlgorithms,
      "template.authenticationAlgorithms",
    );
    putUint32(
      writer,
      at + field.encryptionAlgorithms,
      value.encryptionAlgorithms,
      "template.encryptionAlgorithms",
    );
    putUint32(
      writer,
      at + field.compressionAlgorithms,
      value.compressionAlgorithms,
      "template.compressionAlgorithms",
    );
    encodeHoles(writer, at, holes, value.padding, "template.padding");
  },
};
