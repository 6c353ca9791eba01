import type { ExtensionHeader } from "./extension.ts";
import { endOf, type Structure } from "./structure.ts";
import { byteLength } from "./writer.ts";

const field = { data: 4 } as const;

/** An extension that the dialect does not know, or whose inside could not be read; written back unchanged. */
export interface RawExtension extends ExtensionHeader {
  kind: "raw";
  /** Everything after the 4 bytes of header; a secret where the extension is a key. */
  data: Uint8Array;
}

export const raw = {
  minimum: field.data,

  decode({ bytes }, at, { kind, type, length }) {
    return { kind, type, length, data: bytes.slice(at + field.data, endOf(at, length)) };
  },

  size: (extension) => field.data + byteLength(extension.data, "raw.data"),

  encode(writer, at, extension) {
    writer.bytes.set(extension.data, at + field.data);
  },
} satisfies Structure<RawExtension>;
