/**
 * `struct sadb_x_filter`, extension 26 (linux/pfkeyv2.h).
 */
import type { ExtensionHeader } from "./extension.ts";
import type { Structure } from "./structure.ts";
import { putBytes, putUint8, putUint16 } from "./writer.ts";

const field = {
  source: 4,
  destination: 20,
  family: 36,
  sourcePrefixLength: 38,
  destinationPrefixLength: 39,
} as const;
const addressBytes = 16;
const bytes = 40;

/** Restricts a DUMP to SAs between two prefixes. */
export interface FilterExtension extends ExtensionHeader {
  kind: "filter";
  /** 16 bytes; an IPv4 address in the first 4. */
  source: Uint8Array;
  destination: Uint8Array;
  /** The kernel's address family number; 0 is any. */
  family: number;
  sourcePrefixLength: number;
  destinationPrefixLength: number;
}

export const filter: Structure<FilterExtension> = {
  minimum: bytes,

  decode({ bytes, view, littleEndian }, at, { kind, type, length }) {
    return {
      kind,
      type,
      length,
      source: bytes.slice(at + field.source, at + field.source + addressBytes),
      destination: bytes.slice(at + field.destination, at + field.destination + addressBytes),
      family: view.getUint16(at + field.family, littleEndian),
      sourcePrefixLength: view.getUint8(at + field.sourcePrefixLength),
      destinationPrefixLength: view.getUint8(at + field.destinationPrefixLength),
    };
  },

  size: () => bytes,

  encode(writer, at, extension) {
    const { sourcePrefixLength, destinationPrefixLength } = extension;
    putBytes(writer, at + field.source, extension.source, addressBytes, "filter.source");
    putBytes(writer, at + field.destination, extension.destination, addressBytes, "filter.destination");
    putUint16(writer, at + field.family, extension.family, "filter.family");
    putUint8(writer, at + field.sourcePrefixLength, sourcePrefixLength, "filter.sourcePrefixLength");
    putUint8(
      writer,
      at + field.destinationPrefixLength,
      destinationPrefixLength,
      "filter.destinationPrefixLength",
    );
  },
};
