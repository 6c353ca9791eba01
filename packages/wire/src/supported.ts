/**
 * `struct sadb_supported` with its `struct sadb_alg`s, extensions 14 and 15 (RFC 2367 section 2.3.8).
 */
import type { ExtensionHeader } from "./extension.ts";

/** The algorithms that a kernel offers. */
export interface SupportedExtension extends ExtensionHeader {
  kind: "supportedAuthentication" | "supportedEncryption";
  reserved: number;
  algorithms: readonly SupportedAlgorithm[];
}

/** One algorithm with the range of its key. */
export interface SupportedAlgorithm {
  id: number;
  ivLength: number;
  minBits: number;
  maxBits: number;
  reserved: number;
}
