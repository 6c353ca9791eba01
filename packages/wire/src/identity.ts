/**
 * `struct sadb_ident`, extensions 10 and 11 (RFC 2367 section 2.3.5).
 */
import type { ExtensionHeader } from "./extension.ts";

/** An identity. */
export interface IdentityExtension extends ExtensionHeader {
  kind: "identitySource" | "identityDestination";
  /** 1 prefix, 2 FQDN, 3 user@FQDN. */
  identityType: number;
  reserved: number;
  /** For example a user id. */
  id: bigint;
  /** The bytes after the fixed part, as they are: text, its NUL and padding. */
  data: Uint8Array;
}
