/**
 * `struct sadb_x_kmaddress`, extension 25 (linux/pfkeyv2.h).
 */
import type { ExtensionHeader } from "./extension.ts";
import type { Sockaddr } from "./sockaddr.ts";

/** The addresses that key management uses after a MIGRATE. */
export interface KmAddressExtension extends ExtensionHeader {
  kind: "kmAddress";
  reserved: number;
  local: Sockaddr;
  remote: Sockaddr;
  /** What follows the addresses, where it is not the usual zero padding. */
  padding?: Uint8Array;
}
