/**
 * `struct sadb_sens`, extension 12 (RFC 2367 section 2.3.6).
 */
import type { ExtensionHeader } from "./extension.ts";

/** A sensitivity label. */
export interface SensitivityExtension extends ExtensionHeader {
  kind: "sensitivity";
  /** Domain of interpretation. */
  dpd: number;
  sensitivityLevel: number;
  integrityLevel: number;
  reserved: number;
  sensitivityBitmap: readonly bigint[];
  integrityBitmap: readonly bigint[];
  /** What follows the bitmaps, where there is something. */
  padding?: Uint8Array;
}
