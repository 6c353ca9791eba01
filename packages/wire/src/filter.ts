/**
 * `struct sadb_x_filter`, extension 26 (linux/pfkeyv2.h).
 */
import type { ExtensionHeader } from "./extension.ts";

/** Restricts a DUMP to SAs between two prefixes. */
export interface FilterExtension extends ExtensionHeader {
  kind: "filter";
  /** 16 bytes; an IPv4 address in the first 4. */
  source: Uint8Array;
  destination: Uint8Array;
  /** The kernel's address family number; 0 is any. */
  family: number;
  sourcePrefixLength: number;
  destinationPrefixLength: number;
}
