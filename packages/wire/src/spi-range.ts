/**
 * `struct sadb_spirange`, extension 16 (RFC 2367 section 2.3.9).
 */
import type { ExtensionHeader } from "./extension.ts";

/** The SPIs among which a GETSPI may choose; both ends included. */
export interface SpiRangeExtension extends ExtensionHeader {
  kind: "spiRange";
  min: number;
  max: number;
  reserved: number;
}
