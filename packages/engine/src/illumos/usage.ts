/**
 * What traffic does to an SA.
 */
import { SaState } from "@keysock/wire";
import type { SaName } from "../personality.ts";
import { die, markUsed, soften } from "./ageing.ts";
import type { Kernel } from "./kernel.ts";

/**
 * Counts a packet of so many bytes; false where no SA carries it. The packet that would fill a hard limit is dropped, and
 * its SA is gone. Allocations are not counted: they are sessions, of which there are none here.
 */
export function account(kernel: Kernel, { saType, spi, destination }: SaName, bytes: number): boolean {
  if (saType === "ipcomp") return false;
  const sa = kernel.sadb.find(destination, spi, saType);
  if (sa === undefined || sa.state === SaState.larval) return false;
  markUsed(kernel, sa);
  const total = sa.current.bytes + BigInt(bytes);
  if (sa.hard.bytes !== 0n && total >= sa.hard.bytes) {
    die(kernel, sa);
    return false;
  }
  sa.current.bytes = total;
  if (sa.state !== SaState.dying && sa.soft.bytes !== 0n && total >= sa.soft.bytes) soften(kernel, sa);
  return true;
}
