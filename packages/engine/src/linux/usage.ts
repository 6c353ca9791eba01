/**
 * What traffic does to an SA.
 */

import { limitReached } from "../lifetime.ts";
import type { SaName } from "../personality.ts";
import { die, markUsed, soften } from "./ageing.ts";
import type { Kernel } from "./kernel.ts";
import { protocolOf } from "./protocol.ts";

/**
 * Counts a packet of so many bytes; false where no mature SA carries it. Limits are looked at before it is counted, so
 * the packet that fills one still passes, and the next one ends the SA and is dropped.
 */
export function account(kernel: Kernel, { saType, spi, destination }: SaName, bytes: number): boolean {
  const sa = kernel.sadb.find(destination, spi, protocolOf(saType) ?? 0);
  if (sa?.state !== "mature") return false;
  markUsed(kernel, sa);
  if (limitReached(sa.current, sa.hard)) {
    die(kernel, sa);
    return false;
  }
  if (!sa.dying && limitReached(sa.current, sa.soft)) soften(kernel, sa);
  sa.current.allocations++;
  sa.current.bytes += BigInt(bytes);
  return true;
}
