/**
 * `struct sadb_x_kmprivate`, extension 17 (linux/pfkeyv2.h).
 */
import type { ExtensionHeader } from "./extension.ts";

/** Private to key management; nothing reads it. */
export interface KmPrivateExtension extends ExtensionHeader {
  kind: "kmPrivate";
  reserved: number;
  /** What follows the fixed part, where there is something. */
  padding?: Uint8Array;
}
