/**
 * `struct xfrm_encap_tmpl` (linux/xfrm.h).
 */
import { decodeAddress, putAddress } from "./address.ts";
import { decodeHoles, encodeHoles } from "./holes.ts";
import type { FixedStructure } from "./structure.ts";
import { putNetworkUint16, putUint16 } from "./writer.ts";

const field = { type: 0, sourcePort: 2, destinationPort: 4, originalAddress: 8 } as const;
const bytes = 24;
const holes = [[6, 8]] as const;

/** NAT traversal. */
export interface Encapsulation {
  /** One of {@link EncapsulationType}. */
  type: number;
  sourcePort: number;
  destinationPort: number;
  /** All zero is none. */
  originalAddress: Uint8Array;
  /** The bytes that no field has, where they are not zero. */
  padding?: Uint8Array;
}

export const encapsulation: FixedStructure<Encapsulation> = {
  minimum: bytes,

  decode(reader, at) {
    const { view, littleEndian } = reader;
    const value: Encapsulation = {
      type: view.getUint16(at + field.type, littleEndian),
      sourcePort: view.getUint16(at + field.sourcePort),
      destinationPort: view.getUint16(at + field.destinationPort),
      originalAddress: decodeAddress(reader, at + field.originalAddress),
    };
    const padding = decodeHoles(reader.bytes, at, holes);
    if (padding !== undefined) value.padding = padding;
    return value;
  },

  size: () => bytes,

  encode(writer, at, value) {
    putUint16(writer, at + field.type, value.type, "encapsulation.type");
    putNetworkUint16(writer, at + field.sourcePort, value.sourcePort, "encapsulation.sourcePort");
    putNetworkUint16(
      writer,
      at + field.destinationPort,
      value.destinationPort,
      "encapsulation.destinationPort",
    );
    putAddress(writer, at + field.originalAddress, value.originalAddress, "encapsulation.originalAddress");
    encodeHoles(writer, at, holes, value.padding, "encapsulation.padding");
  },
};
