/**
 * `struct sadb_x_nat_t_type` and `struct sadb_x_nat_t_port`, extensions 20, 21 and 22 (linux/pfkeyv2.h).
 */
import type { ExtensionHeader } from "./extension.ts";
import { getUint24, type Structure } from "./structure.ts";
import { putNetworkUint16, putUint8, putUint16, putUint24 } from "./writer.ts";

const typeField = { natTType: 4, reserved: 5 } as const;
const portField = { port: 4, reserved: 6 } as const;
const bytes = 8;

/** How ESP is put into UDP. */
export interface NatTTypeExtension extends ExtensionHeader {
  kind: "natTType";
  /** UDP_ENCAP_*: 2 is RFC 3948. */
  natTType: number;
  /** 3 bytes as one number. */
  reserved: number;
}

/** A UDP port of an encapsulated SA. */
export interface NatTPortExtension extends ExtensionHeader {
  kind: "natTSourcePort" | "natTDestinationPort";
  port: number;
  reserved: number;
}

export const natTType: Structure<NatTTypeExtension> = {
  minimum: bytes,

  decode({ view }, at, { kind, type, length }) {
    return {
      kind,
      type,
      length,
      natTType: view.getUint8(at + typeField.natTType),
      reserved: getUint24(view, at + typeField.reserved),
    };
  },

  size: () => bytes,

  encode(writer, at, extension) {
    putUint8(writer, at + typeField.natTType, extension.natTType, "natTType.natTType");
    putUint24(writer, at + typeField.reserved, extension.reserved, "natTType.reserved");
  },
};

export const natTPort: Structure<NatTPortExtension> = {
  minimum: bytes,

  decode({ view, littleEndian }, at, { kind, type, length }) {
    return {
      kind,
      type,
      length,
      port: view.getUint16(at + portField.port),
      reserved: view.getUint16(at + portField.reserved, littleEndian),
    };
  },

  size: () => bytes,

  encode(writer, at, extension) {
    putNetworkUint16(writer, at + portField.port, extension.port, "natTPort.port");
    putUint16(writer, at + portField.reserved, extension.reserved, "natTPort.reserved");
  },
};
