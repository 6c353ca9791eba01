import type { ExtensionHeader } from "./extension.ts";

/** An extension that the dialect does not know, or whose inside could not be read; written back unchanged. */
export interface RawExtension extends ExtensionHeader {
  kind: "raw";
  /** Everything after the 4 bytes of header. */
  data: Uint8Array;
}
