/**
 * `struct sadb_x_ereg`, extension 17 of illumos (net/pfkeyv2.h).
 */
import type { ExtensionHeader } from "./extension.ts";
import { endOf, type Structure } from "./structure.ts";
import { putUint8 } from "./writer.ts";

const field = { saTypes: 4 } as const;

/** A REGISTER for many SA types at once, with {@link ExtendedProposalExtension}s in the ACQUIREs that follow. */
export interface ExtendedRegisterExtension extends ExtensionHeader {
  kind: "extendedRegister";
  /** Numbers of the dialect. On the wire they end at a 0, or at the end of the extension. */
  saTypes: readonly number[];
}

export const extendedRegister: Structure<ExtendedRegisterExtension> = {
  minimum: field.saTypes,

  decode({ bytes }, at, { kind, type, length }) {
    const list = bytes.subarray(at + field.saTypes, endOf(at, length));
    const zero = list.indexOf(0);
    return { kind, type, length, saTypes: Array.from(zero < 0 ? list : list.subarray(0, zero)) };
  },

  size: (extension) => field.saTypes + extension.saTypes.length,

  encode(writer, at, extension) {
    for (const [i, saType] of extension.saTypes.entries()) {
      putUint8(writer, at + field.saTypes + i, saType, "extendedRegister.saTypes");
    }
  },
};
