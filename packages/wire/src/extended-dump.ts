/**
 * `struct sadb_x_edump`, extension 25 of illumos (net/pfkeyv2.h).
 */
import type { ExtensionHeader } from "./extension.ts";
import type { Structure } from "./structure.ts";
import { putUint32, putUint64 } from "./writer.ts";

const field = { reserved: 4, timeout: 8 } as const;
const bytes = 16;

/** Restricts a DUMP to SAs that have not been used for some time. */
export interface ExtendedDumpExtension extends ExtensionHeader {
  kind: "extendedDump";
  reserved: number;
  /** Seconds. */
  timeout: bigint;
}

export const extendedDump: Structure<ExtendedDumpExtension> = {
  minimum: bytes,

  decode({ view, littleEndian }, at, { kind, type, length }) {
    return {
      kind,
      type,
      length,
      reserved: view.getUint32(at + field.reserved, littleEndian),
      timeout: view.getBigUint64(at + field.timeout, littleEndian),
    };
  },

  size: () => bytes,

  encode(writer, at, extension) {
    putUint32(writer, at + field.reserved, extension.reserved, "extendedDump.reserved");
    putUint64(writer, at + field.timeout, extension.timeout, "extendedDump.timeout");
  },
};
