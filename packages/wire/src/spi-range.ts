/**
 * `struct sadb_spirange`, extension 16 (RFC 2367 section 2.3.9).
 */
import type { ExtensionHeader } from "./extension.ts";
import type { Structure } from "./structure.ts";
import { putUint32 } from "./writer.ts";

const field = { min: 4, max: 8, reserved: 12 } as const;
const bytes = 16;

/** The SPIs among which a GETSPI may choose; both ends included. */
export interface SpiRangeExtension extends ExtensionHeader {
  kind: "spiRange";
  min: number;
  max: number;
  reserved: number;
}

export const spiRange: Structure<SpiRangeExtension> = {
  minimum: bytes,

  decode({ view, littleEndian }, at, { kind, type, length }) {
    return {
      kind,
      type,
      length,
      min: view.getUint32(at + field.min, littleEndian),
      max: view.getUint32(at + field.max, littleEndian),
      reserved: view.getUint32(at + field.reserved, littleEndian),
    };
  },

  size: () => bytes,

  encode(writer, at, extension) {
    putUint32(writer, at + field.min, extension.min, "spiRange.min");
    putUint32(writer, at + field.max, extension.max, "spiRange.max");
    putUint32(writer, at + field.reserved, extension.reserved, "spiRange.reserved");
  },
};
