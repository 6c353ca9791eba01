/**
 * `struct xfrm_usersa_id` (linux/xfrm.h).
 */
import { decodeAddress, putAddress } from "./address.ts";
import { decodeHoles, encodeHoles } from "./holes.ts";
import type { FixedStructure } from "./structure.ts";
import { putNetworkUint32, putUint8, putUint16 } from "./writer.ts";

const field = { destination: 0, spi: 16, family: 20, protocol: 22 } as const;
const bytes = 24;
const holes = [[23, 24]] as const;

/** What an SA is known by. */
export interface SaId {
  destination: Uint8Array;
  /** The SPI as a number (network order on the wire). */
  spi: number;
  /** One of {@link AddressFamily}. */
  family: number;
  /** 50 ESP, 51 AH, 108 IPComp. */
  protocol: number;
  /** The bytes that no field has, where they are not zero. */
  padding?: Uint8Array;
}

export const saId: FixedStructure<SaId> = {
  minimum: bytes,

  decode(reader, at) {
    const { view, littleEndian } = reader;
    const value: SaId = {
      destination: decodeAddress(reader, at + field.destination),
      spi: view.getUint32(at + field.spi),
      family: view.getUint16(at + field.family, littleEndian),
      protocol: view.getUint8(at + field.protocol),
    };
    const padding = decodeHoles(reader.bytes, at, holes);
    if (padding !== undefined) value.padding = padding;
    return value;
  },

  size: () => bytes,

  encode(writer, at, value) {
    putAddress(writer, at + field.destination, value.destination, "saId.destination");
    putNetworkUint32(writer, at + field.spi, value.spi, "saId.spi");
    putUint16(writer, at + field.family, value.family, "saId.family");
    putUint8(writer, at + field.protocol, value.protocol, "saId.protocol");
    encodeHoles(writer, at, holes, value.padding, "saId.padding");
  },
};
