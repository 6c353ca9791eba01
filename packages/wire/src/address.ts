/**
 * `struct sadb_address` and its socket address, extensions 5, 6 and 7 (RFC 2367 section 2.3.3); on Linux also 23, NAT_T_OA.
 */
import type { ExtensionHeader } from "./extension.ts";
import type { Sockaddr } from "./sockaddr.ts";

/** An address of an SA or a selector of a policy. */
export interface AddressExtension extends ExtensionHeader {
  kind: "addressSource" | "addressDestination" | "addressProxy" | "natTOriginalAddress";
  /** IP protocol number; 0 or 255 is any. */
  protocol: number;
  /** Bits. */
  prefixLength: number;
  reserved: number;
  sockaddr: Sockaddr;
  /** What follows the socket address, where it is not the usual zero padding. */
  padding?: Uint8Array;
}
