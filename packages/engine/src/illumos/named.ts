import type { SaExtension } from "@keysock/wire";
import { sameAddress } from "../address.ts";
import { Refusal } from "../refusal.ts";
import { type Addresses, isUnspecified } from "./addresses.ts";
import { Diagnostic } from "./diagnostic.ts";
import { Errno } from "./errno.ts";
import type { Kernel } from "./kernel.ts";
import { directionOf, type Protocol, type Sa } from "./sa.ts";

/**
 * The SA that a message names by type, SPI and destination; what it says of source and direction must not be wrong.
 *
 * @throws Refusal with ESRCH and 78
 */
export function findNamed(
  kernel: Kernel,
  protocol: Protocol,
  named: SaExtension,
  { addressSource, addressDestination }: Addresses,
): Sa {
  const destination = addressDestination?.sockaddr.address;
  const sa = destination && kernel.sadb.find(destination, named.spi, protocol);
  if (sa === undefined || !isFrom(sa, addressSource?.sockaddr.address) || !isWay(sa, named)) {
    throw new Refusal(Errno.ESRCH, Diagnostic.saNotFound);
  }
  return sa;
}

const isFrom = ({ source }: Sa, asked: Uint8Array | undefined): boolean =>
  asked === undefined || isUnspecified(asked) || isUnspecified(source) || sameAddress(source, asked);

function isWay(sa: Sa, named: SaExtension): boolean {
  const [way, asked] = [directionOf(sa), directionOf(named)];
  return way === undefined || asked === undefined || way === asked;
}
