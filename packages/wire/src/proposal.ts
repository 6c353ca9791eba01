/**
 * `struct sadb_prop` with its `struct sadb_comb`s, extension 13 (RFC 2367 section 2.3.7).
 */
import type { ExtensionHeader } from "./extension.ts";

/** What a kernel asks of key management in an ACQUIRE. */
export interface ProposalExtension extends ExtensionHeader {
  kind: "proposal";
  replay: number;
  /** 3 bytes as one number. */
  reserved: number;
  combinations: readonly Combination[];
}

/** One acceptable combination of algorithms, key sizes in bits and lifetimes. */
export interface Combination {
  authentication: number;
  encryption: number;
  flags: number;
  authenticationMinBits: number;
  authenticationMaxBits: number;
  encryptionMinBits: number;
  encryptionMaxBits: number;
  reserved: number;
  softAllocations: number;
  hardAllocations: number;
  softBytes: bigint;
  hardBytes: bigint;
  softAddTime: bigint;
  hardAddTime: bigint;
  softUseTime: bigint;
  hardUseTime: bigint;
}
