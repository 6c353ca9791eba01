import { find, SaState } from "@keysock/wire";
import type { Request } from "../core.ts";
import { addressesOf } from "./addresses.ts";
import { withdraw } from "./ageing.ts";
import { all, answer, only } from "./delivery.ts";
import { Diagnostic } from "./diagnostic.ts";
import type { Handler, Kernel } from "./kernel.ts";
import { findNamed } from "./named.ts";
import { pairOf } from "./pair.ts";
import { protocolOf } from "./protocol.ts";
import { purge } from "./purge.ts";
import { refuse } from "./refuse.ts";
import { type Sa, wipeKeys } from "./sa.ts";
import { keylessExtensions, saExtensions } from "./sa-message.ts";

/** Only the sender gets the answer, keys included. */
export const get: Handler = (kernel, request, from) => {
  answer(kernel, request, saExtensions(namedSa(kernel, request)), only(from));
};

/** Without an SA extension it is meant for all SAs between the addresses, or of the identities, that are given. */
export const remove: Handler = (kernel, request) => {
  if (find(request.message, "sa") === undefined) purge(kernel, request);
  else bury(kernel, request, [namedSa(kernel, request)]);
};

/** Both halves go; the answer shows the one that was named. */
export const removePair: Handler = (kernel, request) => {
  const sa = namedSa(kernel, request);
  bury(kernel, request, [sa, pairOf(sa)]);
};

/** Everybody hears of it, but not of the keys. */
function bury(kernel: Kernel, request: Request, [named, ...others]: readonly [Sa, ...Sa[]]): void {
  named.state = SaState.dead;
  const extensions = keylessExtensions(named);
  for (const sa of [named, ...others]) {
    withdraw(kernel, sa);
    wipeKeys(sa);
  }
  answer(kernel, request, extensions, all);
}

function namedSa(kernel: Kernel, { message }: Request): Sa {
  const protocol = protocolOf(message);
  const addresses = addressesOf(message);
  const named = find(message, "sa");
  if (named === undefined) refuse(Diagnostic.missingSa);
  if (addresses.addressDestination === undefined) refuse(Diagnostic.missingDestination);
  return findNamed(kernel, protocol, named, addresses);
}
