/**
 * `struct sadb_sa`, extension 1 (RFC 2367 section 2.3.1).
 */
import type { ExtensionHeader } from "./extension.ts";
import type { Structure } from "./structure.ts";
import { putNetworkUint32, putUint8, putUint32 } from "./writer.ts";

const field = { spi: 4, replay: 8, state: 9, authentication: 10, encryption: 11, flags: 12 } as const;
const bytes = 16;

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

export const sa: Structure<SaExtension> = {
  minimum: bytes,

  decode({ view, littleEndian }, at, { kind, type, length }) {
    return {
      kind,
      type,
      length,
      spi: view.getUint32(at + field.spi),
      replay: view.getUint8(at + field.replay),
      state: view.getUint8(at + field.state),
      authentication: view.getUint8(at + field.authentication),
      encryption: view.getUint8(at + field.encryption),
      flags: view.getUint32(at + field.flags, littleEndian),
    };
  },

  size: () => bytes,

  encode(writer, at, extension) {
    putNetworkUint32(writer, at + field.spi, extension.spi, "sa.spi");
    putUint8(writer, at + field.replay, extension.replay, "sa.replay");
    putUint8(writer, at + field.state, extension.state, "sa.state");
    putUint8(writer, at + field.authentication, extension.authentication, "sa.authentication");
    putUint8(writer, at + field.encryption, extension.encryption, "sa.encryption");
    putUint32(writer, at + field.flags, extension.flags, "sa.flags");
  },
};
