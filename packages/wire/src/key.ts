/**
 * `struct sadb_key`, extensions 8 and 9 (RFC 2367 section 2.3.4).
 */
import type { ExtensionHeader } from "./extension.ts";

/** A key. Its bytes are a secret: whoever holds the message last overwrites them. */
export interface KeyExtension extends ExtensionHeader {
  kind: "keyAuthentication" | "keyEncryption";
  bits: number;
  reserved: number;
  /** ceil(bits / 8) bytes. */
  key: Uint8Array;
  /** What follows the key, where it is not the usual zero padding. */
  padding?: Uint8Array;
}
