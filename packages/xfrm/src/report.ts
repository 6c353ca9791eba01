/**
 * `struct xfrm_user_report` (linux/xfrm.h).
 */
import { decodeHoles, encodeHoles } from "./holes.ts";
import { type Selector, selector } from "./selector.ts";
import type { FixedStructure } from "./structure.ts";
import { putUint8 } from "./writer.ts";

const field = { protocol: 0, selector: 4 } as const;
const bytes = 60;
const holes = [[1, 4]] as const;

/** What mobile IPv6 has to tell. */
export interface Report {
  /** IP protocol. */
  protocol: number;
  selector: Selector;
  /** The bytes that no field has, where they are not zero. */
  padding?: Uint8Array;
}

export const report: FixedStructure<Report> = {
  minimum: bytes,

  decode(reader, at) {
    const { view } = reader;
    const value: Report = {
      protocol: view.getUint8(at + field.protocol),
      selector: selector.decode(reader, at + field.selector),
    };
    const padding = decodeHoles(reader.bytes, at, holes);
    if (padding !== undefined) value.padding = padding;
    return value;
  },

  size: () => bytes,

  encode(writer, at, value) {
    putUint8(writer, at + field.protocol, value.protocol, "report.protocol");
    selector.encode(writer, at + field.selector, value.selector);
    encodeHoles(writer, at, holes, value.padding, "report.padding");
  },
};
