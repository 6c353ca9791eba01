/**
 * `struct xfrm_selector` (linux/xfrm.h).
 */
import { decodeAddress, putAddress } from "./address.ts";
import { decodeHoles, encodeHoles } from "./holes.ts";
import type { FixedStructure } from "./structure.ts";
import { putInt32, putNetworkUint16, putUint8, putUint16, putUint32 } from "./writer.ts";

const field = {
  destination: 0,
  source: 16,
  destinationPort: 32,
  destinationPortMask: 34,
  sourcePort: 36,
  sourcePortMask: 38,
  family: 40,
  destinationPrefixLength: 42,
  sourcePrefixLength: 43,
  protocol: 44,
  interfaceIndex: 48,
  user: 52,
} as const;
const bytes = 56;
const holes = [[45, 48]] as const;

/** The traffic that an SA or a policy is for. */
export interface Selector {
  destination: Uint8Array;
  source: Uint8Array;
  destinationPort: number;
  /** 0xffff where the port is meant, 0 where any is. */
  destinationPortMask: number;
  sourcePort: number;
  sourcePortMask: number;
  /** One of {@link AddressFamily}; 0 in an SA's is that of the SA. */
  family: number;
  destinationPrefixLength: number;
  sourcePrefixLength: number;
  /** IP protocol; 0 is any. */
  protocol: number;
  /** 0 is any. */
  interfaceIndex: number;
  /** User id; 0 is any. */
  user: number;
  /** The bytes that no field has, where they are not zero. */
  padding?: Uint8Array;
}

export const selector: FixedStructure<Selector> = {
  minimum: bytes,

  decode(reader, at) {
    const { view, littleEndian } = reader;
    const value: Selector = {
      destination: decodeAddress(reader, at + field.destination),
      source: decodeAddress(reader, at + field.source),
      destinationPort: view.getUint16(at + field.destinationPort),
      destinationPortMask: view.getUint16(at + field.destinationPortMask),
      sourcePort: view.getUint16(at + field.sourcePort),
      sourcePortMask: view.getUint16(at + field.sourcePortMask),
      family: view.getUint16(at + field.family, littleEndian),
      destinationPrefixLength: view.getUint8(at + field.destinationPrefixLength),
      sourcePrefixLength: view.getUint8(at + field.sourcePrefixLength),
      protocol: view.getUint8(at + field.protocol),
      interfaceIndex: view.getInt32(at + field.interfaceIndex, littleEndian),
      user: view.getUint32(at + field.user, littleEndian),
    };
    const padding = decodeHoles(reader.bytes, at, holes);
    if (padding !== undefined) value.padding = padding;
    return value;
  },

  size: () => bytes,

  encode(writer, at, value) {
    putAddress(writer, at + field.destination, value.destination, "selector.destination");
    putAddress(writer, at + field.source, value.source, "selector.source");
    putNetworkUint16(writer, at + field.destinationPort, value.destinationPort, "selector.destinationPort");
    putNetworkUint16(
      writer,
      at + field.destinationPortMask,
      value.destinationPortMask,
      "selector.destinationPortMask",
    );
    putNetworkUint16(writer, at + field.sourcePort, value.sourcePort, "selector.sourcePort");
    putNetworkUint16(writer, at + field.sourcePortMask, value.sourcePortMask, "selector.sourcePortMask");
    putUint16(writer, at + field.family, value.family, "selector.family");
    putUint8(
      writer,
      at + field.destinationPrefixLength,
      value.destinationPrefixLength,
      "selector.destinationPrefixLength",
    );
    putUint8(writer, at + field.sourcePrefixLength, value.sourcePrefixLength, "selector.sourcePrefixLength");
    putUint8(writer, at + field.protocol, value.protocol, "selector.protocol");
    putInt32(writer, at + field.interfaceIndex, value.interfaceIndex, "selector.interfaceIndex");
    putUint32(writer, at + field.user, value.user, "selector.user");
    encodeHoles(writer, at, holes, value.padding, "selector.padding");
  },
};
