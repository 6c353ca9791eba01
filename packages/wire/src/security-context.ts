/**
 * `struct sadb_x_sec_ctx`, extension 24 (linux/pfkeyv2.h).
 */
import type { ExtensionHeader } from "./extension.ts";

/** A security context, for example SELinux's. */
export interface SecurityContextExtension extends ExtensionHeader {
  kind: "securityContext";
  algorithm: number;
  /** Domain of interpretation. */
  doi: number;
  /** The text with its NUL, if it has one. */
  context: Uint8Array;
  /** What follows the context, where it is not the usual zero padding. */
  padding?: Uint8Array;
}
