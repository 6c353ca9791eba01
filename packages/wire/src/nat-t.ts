/**
 * `struct sadb_x_nat_t_type` and `struct sadb_x_nat_t_port`, extensions 20, 21 and 22 (linux/pfkeyv2.h).
 */
import type { ExtensionHeader } from "./extension.ts";

/** How ESP is put into UDP. */
export interface NatTTypeExtension extends ExtensionHeader {
  kind: "natTType";
  /** UDP_ENCAP_*: 2 is RFC 3948. */
  natTType: number;
  /** 3 bytes as one number. */
  reserved: number;
}

/** A UDP port of an encapsulated SA. */
export interface NatTPortExtension extends ExtensionHeader {
  kind: "natTSourcePort" | "natTDestinationPort";
  port: number;
  reserved: number;
}
