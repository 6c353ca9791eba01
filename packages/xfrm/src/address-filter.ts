/**
 * `struct xfrm_address_filter` (linux/xfrm.h).
 */
import { decodeAddress, putAddress } from "./address.ts";
import type { FixedStructure } from "./structure.ts";
import { putUint8, putUint16 } from "./writer.ts";

const field = {
  source: 0,
  destination: 16,
  family: 32,
  sourcePrefixLength: 34,
  destinationPrefixLength: 35,
} as const;
const bytes = 36;

/** The SAs that a dump is to show, by their addresses. */
export interface AddressFilter {
  source: Uint8Array;
  destination: Uint8Array;
  /** One of {@link AddressFamily}; 0 is any. */
  family: number;
  sourcePrefixLength: number;
  destinationPrefixLength: number;
}

export const addressFilter: FixedStructure<AddressFilter> = {
  minimum: bytes,

  decode(reader, at) {
    const { view, littleEndian } = reader;
    return {
      source: decodeAddress(reader, at + field.source),
      destination: decodeAddress(reader, at + field.destination),
      family: view.getUint16(at + field.family, littleEndian),
      sourcePrefixLength: view.getUint8(at + field.sourcePrefixLength),
      destinationPrefixLength: view.getUint8(at + field.destinationPrefixLength),
    };
  },

  size: () => bytes,

  encode(writer, at, value) {
    putAddress(writer, at + field.source, value.source, "addressFilter.source");
    putAddress(writer, at + field.destination, value.destination, "addressFilter.destination");
    putUint16(writer, at + field.family, value.family, "addressFilter.family");
    putUint8(
      writer,
      at + field.sourcePrefixLength,
      value.sourcePrefixLength,
      "addressFilter.sourcePrefixLength",
    );
    putUint8(
      writer,
      at + field.destinationPrefixLength,
      value.destinationPrefixLength,
      "addressFilter.destinationPrefixLength",
    );
  },
};
