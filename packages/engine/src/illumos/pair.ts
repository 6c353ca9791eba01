/**
 * Pairs: two SAs between the same two hosts, one for each way, that are updated and deleted together (ipseckey(8)).
 */
import { SaState } from "@keysock/wire";
import { sameAddress } from "../address.ts";
import { Refusal } from "../refusal.ts";
import { isUnspecified } from "./addresses.ts";
import { Diagnostic } from "./diagnostic.ts";
import { Errno } from "./errno.ts";
import type { Kernel } from "./kernel.ts";
import { refuse } from "./refuse.ts";
import { directionOf, type Sa } from "./sa.ts";

/** What is to be paired: an SA, or one that is yet to be made. */
export type Half = Pick<Sa, "protocol" | "source" | "destination" | "flags" | "pair">;

/**
 * The SA with that SPI that goes the other way, if the two can be paired.
 *
 * @throws Refusal with ESRCH and 76, or with EINVAL and 73 to 75 or 77
 */
export function partnerOf(kernel: Kernel, half: Half, spi: number): Sa {
  const { protocol, source, destination } = half;
  if (isUnspecified(source)) refuse(Diagnostic.pairAddressMismatch);
  const partner = kernel.sadb.find(source, spi, protocol);
  if (partner === undefined) throw new Refusal(Errno.ESRCH, Diagnostic.pairNotFound);
  if (!sameAddress(partner.source, destination)) {
    refuse(Diagnostic.pairAddressMismatch);
  }
  if (partner === half || partner.state === SaState.larval) {
    refuse(Diagnostic.pairUnsuitable);
  }
  const direction = directionOf(half);
  if (direction !== undefined && direction === directionOf(partner)) {
    refuse(Diagnostic.badSaDirection);
  }
  if (half.pair !== undefined || partner.pair !== undefined) {
    refuse(Diagnostic.pairAlready);
  }
  return partner;
}

/** The other half of an SA that a message about both names. @throws Refusal with ESRCH and 76 */
export function pairOf({ pair }: Sa): Sa {
  if (pair === undefined) throw new Refusal(Errno.ESRCH, Diagnostic.pairNotFound);
  return pair;
}

export function link(sa: Sa, partner: Sa | undefined): void {
  if (partner === undefined) return;
  sa.pair = partner;
  partner.pair = sa;
}
