/**
 * `struct sadb_x_pair`, extension 23 of illumos (net/pfkeyv2.h).
 */
import type { ExtensionHeader } from "./extension.ts";
import type { Structure } from "./structure.ts";
import { putNetworkUint32 } from "./writer.ts";

const field = { spi: 4 } as const;
const bytes = 8;

/** The SA of the other direction. */
export interface PairExtension extends ExtensionHeader {
  kind: "pair";
  /** The other SA's SPI as a number (network order on the wire). */
  spi: number;
}

export const pair: Structure<PairExtension> = {
  minimum: bytes,

  decode({ view }, at, { kind, type, length }) {
    return { kind, type, length, spi: view.getUint32(at + field.spi) };
  },

  size: () => bytes,

  encode(writer, at, extension) {
    putNetworkUint32(writer, at + field.spi, extension.spi, "pair.spi");
  },
};
