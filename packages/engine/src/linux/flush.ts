import type { Request } from "../core.ts";
import type { Endpoint } from "../endpoint.ts";
import { headerAlone } from "../header.ts";
import { Refusal } from "../refusal.ts";
import { withdraw, withdrawPolicy } from "./ageing.ts";
import { announce, deliver } from "./delivery.ts";
import { Errno } from "./errno.ts";
import type { Handler, Kernel } from "./kernel.ts";
import { protocolMatches, protocolOf, saTypeOf } from "./protocol.ts";
import { wipeKeys } from "./sa.ts";

export const flush: Handler = (kernel, request, from) => {
  const protocol = protocolOf(request.message.saType);
  if (protocol === undefined) throw new Refusal(Errno.EINVAL);
  let flushed = false;
  const walk = kernel.sadb.walk();
  for (let sa = walk(); sa !== undefined; sa = walk()) {
    if (!protocolMatches(sa.protocol, protocol)) continue;
    withdraw(kernel, sa);
    wipeKeys(sa);
    flushed = true;
  }
  answer(kernel, request, from);
  if (!flushed) return;
  const { sequence, pid } = request.header;
  announce(kernel, { type: "flush", saType: saTypeOf(protocol), sequence, pid, extensions: [] }, "all");
};

export const spdflush: Handler = (kernel, request, from) => {
  let flushed = false;
  const walk = kernel.spd.walk();
  for (let policy = walk(); policy !== undefined; policy = walk()) {
    withdrawPolicy(kernel, policy);
    flushed = true;
  }
  answer(kernel, request, from);
  if (!flushed) return;
  const { sequence, pid } = request.header;
  announce(kernel, { type: "spdflush", saType: "unspec", sequence, pid, extensions: [] }, "all");
};

/** To the sender, who hears of it once more with all others if there was something to flush. */
function answer(kernel: Kernel, request: Request, from: Endpoint): void {
  deliver(kernel, headerAlone(request.bytes, 0, kernel.dialect), "one", from);
}
