import type { Dialect, SpiRangeExtension } from "@keysock/wire";
import { hexNumber } from "./hex.ts";

/** Where `struct sadb_spirange` has its SPIs (RFC 2367 section 2.3.9). */
const field = { min: 4, max: 8 } as const;

/**
 * The SPIs among which a GETSPI may choose.
 *
 * @param bytes - the extension: on illumos its SPIs are in network order (pf_key(4P)), on Linux in the machine's
 */
export function spiRangeText({ min, max }: SpiRangeExtension, bytes: Uint8Array, { name }: Dialect): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [least, most] =
    name === "illumos" ? [view.getUint32(field.min), view.getUint32(field.max)] : [min, max];
  return `SPR: SPI Range, min=${hexNumber(least)}, max=${hexNumber(most)}\n`;
}
