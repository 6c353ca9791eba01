import { Refusal } from "../refusal.ts";
import { withdraw } from "./ageing.ts";
import { all, answer } from "./delivery.ts";
import { Diagnostic } from "./diagnostic.ts";
import { Errno } from "./errno.ts";
import type { Handler } from "./kernel.ts";
import { protocolOrAll } from "./protocol.ts";
import { refuse } from "./refuse.ts";
import { wipeKeys } from "./sa.ts";

/** Everybody hears of it, whether there was anything to flush. A socket flushes nothing while it reads a dump. */
export const flush: Handler = (kernel, request, from) => {
  if (request.message.extensions.length > 0) refuse(Diagnostic.extensionsNotNeeded);
  const protocol = protocolOrAll(request.message.saType);
  if (from.dump !== undefined) throw new Refusal(Errno.ENOMEM);
  const walk = kernel.sadb.walk();
  for (let sa = walk(); sa !== undefined; sa = walk()) {
    if (protocol !== "unspec" && sa.protocol !== protocol) continue;
    withdraw(kernel, sa);
    wipeKeys(sa);
  }
  answer(kernel, request, [], all);
};
