/**
 * `struct sadb_x_sa2`, extension 19 (linux/pfkeyv2.h).
 */
import type { ExtensionHeader } from "./extension.ts";
import type { Structure } from "./structure.ts";
import { putUint8, putUint16, putUint32 } from "./writer.ts";

const field = { mode: 4, reserved1: 5, reserved2: 6, sequence: 8, reqid: 12 } as const;
const bytes = 16;

/** What KAME added to an SA: its mode and the id by which a policy asks for it. */
export interface Sa2Extension extends ExtensionHeader {
  kind: "sa2";
  /** One of `IpsecMode`. */
  mode: number;
  reserved1: number;
  reserved2: number;
  sequence: number;
  reqid: number;
}

export const sa2: Structure<Sa2Extension> = {
  minimum: bytes,

  decode({ view, littleEndian }, at, { kind, type, length }) {
    return {
      kind,
      type,
      length,
      mode: view.getUint8(at + field.mode),
      reserved1: view.getUint8(at + field.reserved1),
      reserved2: view.getUint16(at + field.reserved2, littleEndian),
      sequence: view.getUint32(at + field.sequence, littleEndian),
      reqid: view.getUint32(at + field.reqid, littleEndian),
    };
  },

  size: () => bytes,

  encode(writer, at, extension) {
    putUint8(writer, at + field.mode, extension.mode, "sa2.mode");
    putUint8(writer, at + field.reserved1, extension.reserved1, "sa2.reserved1");
    putUint16(writer, at + field.reserved2, extension.reserved2, "sa2.reserved2");
    putUint32(writer, at + field.sequence, extension.sequence, "sa2.sequence");
    putUint32(writer, at + field.reqid, extension.reqid, "sa2.reqid");
  },
};
