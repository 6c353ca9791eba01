import type { IdentityExtension } from "@keysock/wire";
import { find } from "@keysock/wire";
import { sameAddress } from "../address.ts";
import type { Request } from "../core.ts";
import { addressesOf } from "./addresses.ts";
import { withdraw } from "./ageing.ts";
import { Diagnostic } from "./diagnostic.ts";
import { echo } from "./echo.ts";
import type { Kernel } from "./kernel.ts";
import { protocolOf } from "./protocol.ts";
import { refuse } from "./refuse.ts";
import { type Sa, wipeKeys } from "./sa.ts";

/**
 * A DELETE that names no SA: all go that have the source, destination and identities that it gives. Everybody hears of
 * the request, whether there was any.
 *
 * @throws Refusal with EINVAL and 20 if it gives none of them
 */
export function purge(kernel: Kernel, request: Request): void {
  const { message } = request;
  const protocol = protocolOf(message);
  const addresses = addressesOf(message);
  const source = addresses.addressSource?.sockaddr.address;
  const destination = addresses.addressDestination?.sockaddr.address;
  const identities = [find(message, "identitySource"), find(message, "identityDestination")].filter(
    (identity) => identity !== undefined,
  );
  if (source === undefined && destination === undefined && identities.length === 0) {
    refuse(Diagnostic.missingSa);
  }
  const walk = kernel.sadb.walk();
  for (let sa = walk(); sa !== undefined; sa = walk()) {
    if (sa.protocol !== protocol) continue;
    if (source !== undefined && !sameAddress(sa.source, source)) continue;
    if (destination !== undefined && !sameAddress(sa.destination, destination)) continue;
    if (!identities.every((identity) => hasIdentity(sa, identity))) continue;
    withdraw(kernel, sa);
    wipeKeys(sa);
  }
  echo(kernel, request, addresses);
}

function hasIdentity(sa: Sa, wanted: IdentityExtension): boolean {
  const own = sa.identities.find(
    (extension): extension is IdentityExtension => extension.kind === wanted.kind,
  );
  return own?.identityType === wanted.identityType && String(own.data) === String(wanted.data);
}
