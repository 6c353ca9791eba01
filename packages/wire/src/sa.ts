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
  /** Bits of the dialect's own, for example {@link IllumosSaFlag}. */
  flags: number;
}

/** The states of a security association; the last three are illumos's own. */
export const SaState = {
  larval: 0,
  mature: 1,
  dying: 2,
  dead: 3,
  activeElsewhere: 4,
  idle: 5,
  active: 6,
} as const;

/** SADB_SAFLAGS_* and SADB_X_SAFLAGS_* of illumos (net/pfkeyv2.h). */
export const IllumosSaFlag = {
  pfs: 0x0000_0001,
  noReplay: 0x0000_0002,
  natted: 0x0000_1000,
  tcpSignature: 0x0000_2000,
  inbound: 0x0000_4000,
  outbound: 0x0000_8000,
  paired: 0x0001_0000,
  tunnel: 0x0002_0000,
  kernelReserved2: 0x0004_0000,
  natTRemote: 0x0008_0000,
  natTLocal: 0x0010_0000,
  kernelReserved1: 0x0020_0000,
  keyManagement4: 0x0040_0000,
  keyManagement3: 0x0080_0000,
  keyManagement2: 0x0100_0000,
  keyManagement1: 0x0200_0000,
  encryption2: 0x0400_0000,
  encryption1: 0x0800_0000,
  authentication2: 0x1000_0000,
  authentication1: 0x2000_0000,
  unique: 0x4000_0000,
  used: 0x8000_0000,
} as const;

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
