/**
 * `struct sadb_ident`, extensions 10 and 11 (RFC 2367 section 2.3.5).
 */
import type { ExtensionHeader } from "./extension.ts";
import { endOf, type Structure } from "./structure.ts";
import { byteLength, putUint16, putUint64 } from "./writer.ts";

const field = { identityType: 4, reserved: 6, id: 8, data: 16 } as const;

/** An identity. */
export interface IdentityExtension extends ExtensionHeader {
  kind: "identitySource" | "identityDestination";
  /** 1 prefix, 2 FQDN, 3 user@FQDN; {@link IllumosIdentityType} has more. */
  identityType: number;
  reserved: number;
  /** For example a user id. */
  id: bigint;
  /** The bytes after the fixed part, as they are: text, its NUL and padding. */
  data: Uint8Array;
}

/** SADB_IDENTTYPE_* of illumos (net/pfkeyv2.h); those above 3 differ from kernel to kernel. */
export const IllumosIdentityType = {
  prefix: 1,
  fqdn: 2,
  userFqdn: 3,
  /** Distinguished name in DER. */
  dn: 4,
  /** General name in DER. */
  gn: 5,
  keyId: 6,
  addressRange: 7,
} as const;

export const identity: Structure<IdentityExtension> = {
  minimum: field.data,

  decode({ bytes, view, littleEndian }, at, { kind, type, length }) {
    return {
      kind,
      type,
      length,
      identityType: view.getUint16(at + field.identityType, littleEndian),
      reserved: view.getUint16(at + field.reserved, littleEndian),
      id: view.getBigUint64(at + field.id, littleEndian),
      data: bytes.slice(at + field.data, endOf(at, length)),
    };
  },

  size: (extension) => field.data + byteLength(extension.data, "identity.data"),

  encode(writer, at, extension) {
    putUint16(writer, at + field.identityType, extension.identityType, "identity.identityType");
    putUint16(writer, at + field.reserved, extension.reserved, "identity.reserved");
    putUint64(writer, at + field.id, extension.id, "identity.id");
    writer.bytes.set(extension.data, at + field.data);
  },
};
