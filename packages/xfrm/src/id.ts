/**
 * `struct xfrm_id` (linux/xfrm.h).
 */
import { decodeAddress, putAddress } from "./address.ts";
import { decodeHoles, encodeHoles } from "./holes.ts";
import type { FixedStructure } from "./structure.ts";
import { putNetworkUint32, putUint8 } from "./writer.ts";

const field = { destination: 0, spi: 16, protocol: 20 } as const;
const bytes = 24;
const holes = [[21, 24]] as const;

/** What an SA is known by, its family aside. */
export interface Id {
  destination: Uint8Array;
  /** The SPI as a number (network order on the wire). */
  spi: number;
  /** 50 ESP, 51 AH, 108 IPComp. */
  protocol: number;
  /** The bytes that no field has, where they are not zero. */
  padding?: Uint8Array;
}

export const id: FixedStructure<Id> = {
  minimum: bytes,

  decode(reader, at) {
    const { view } = reader;
    const value: Id = {
      destination: decodeAddress(reader, at + field.destination),
      spi: view.getUint32(at + field.spi),
      protocol: view.getUint8(at + field.protocol),
    };
    const padding = decodeHoles(reader.bytes, at, holes);
    if (padding !== undefined) value.padding = padding;
    return value;
  },

  size: () => bytes,

  encode(writer, at, value) {
    putAddress(writer, at + field.destination, value.destination, "id.destination");
    putNetworkUint32(writer, at + field.spi, value.spi, "id.spi");
    putUint8(writer, at + field.protocol, value.protocol, "id.protocol");
    encodeHoles(writer, at, holes, value.padding, "id.padding");
  },
};
