/**
 * `struct sadb_x_kmprivate`, extension 17 (linux/pfkeyv2.h).
 */
import type { ExtensionHeader } from "./extension.ts";
import type { Structure } from "./structure.ts";
import { putUint32 } from "./writer.ts";

const field = { reserved: 4 } as const;
const bytes = 8;

/** Private to key management; nothing reads it. */
export interface KmPrivateExtension extends ExtensionHeader {
  kind: "kmPrivate";
  reserved: number;
}

export const kmPrivate: Structure<KmPrivateExtension> = {
  minimum: bytes,

  decode({ view, littleEndian }, at, { kind, type, length }) {
    return { kind, type, length, reserved: view.getUint32(at + field.reserved, littleEndian) };
  },

  size: () => bytes,

  encode(writer, at, extension) {
    putUint32(writer, at + field.reserved, extension.reserved, "kmPrivate.reserved");
  },
};
