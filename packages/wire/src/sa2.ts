/**
 * `struct sadb_x_sa2`, extension 19 (linux/pfkeyv2.h).
 */
import type { ExtensionHeader } from "./extension.ts";

/** What KAME added to an SA: its mode and the id by which a policy asks for it. */
export interface Sa2Extension extends ExtensionHeader {
  kind: "sa2";
  /** One of `IpsecMode`. */
  mode: number;
  reserved1: number;
  reserved2: number;
  sequence: number;
  reqid: number;
}
