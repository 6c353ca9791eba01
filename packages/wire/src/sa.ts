/**
 * `struct sadb_sa`, extension 1 (RFC 2367 section 2.3.1).
 */
import type { ExtensionHeader } from "./extension.ts";

/** The security association itself. */
export interface SaExtension extends ExtensionHeader {
  kind: "sa";
  /** The SPI as a number (network order on the wire). */
  spi: number;
  /** Replay window; packets on Linux. */
  replay: number;
  /** One of {@link SaState}. */
  state: number;
  /** Authentication algorithm number of the dialect. */
  authentication: number;
  /** Encryption (or compression) algorithm number of the dialect. */
  encryption: number;
  flags: number;
}

/** The states of a security association. */
export const SaState = { larval: 0, mature: 1, dying: 2, dead: 3 } as const;
