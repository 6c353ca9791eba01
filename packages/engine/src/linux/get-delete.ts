import { find } from "@keysock/wire";
import type { Request } from "../core.ts";
import { Refusal } from "../refusal.ts";
import { addressOf, addressPair } from "./address.ts";
import { withdraw } from "./ageing.ts";
import { Errno } from "./errno.ts";
import type { Handler, Kernel } from "./kernel.ts";
import { tellSa } from "./notify.ts";
import { protocolOf } from "./protocol.ts";
import { type Sa, wipeKeys } from "./sa.ts";

/** Only the sender gets the answer. */
export const get: Handler = (kernel, request, from) => {
  tellSa(kernel, request.header, "get", namedSa(kernel, request), "one", from);
};

/** Everybody hears of it, keys included. */
export const remove: Handler = (kernel, request) => {
  const sa = namedSa(kernel, request);
  withdraw(kernel, sa);
  tellSa(kernel, request.header, "delete", sa, "all");
  wipeKeys(sa);
};

/** By destination, SPI and protocol. The source must be there and is not looked at. */
function namedSa(kernel: Kernel, { message }: Request): Sa {
  const named = find(message, "sa");
  if (named === undefined) throw new Refusal(Errno.EINVAL);
  const destination = addressOf(addressPair(message).destination.sockaddr);
  const protocol = protocolOf(message.saType);
  if (protocol === undefined) throw new Refusal(Errno.ESRCH);
  const sa = kernel.sadb.find(destination, named.spi, protocol);
  if (sa === undefined) throw new Refusal(Errno.ESRCH);
  return sa;
}
