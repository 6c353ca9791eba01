import { headerBytes } from "../header.ts";
import { Refusal } from "../refusal.ts";
import { deliver, registeredFor } from "./delivery.ts";
import { Errno } from "./errno.ts";
import type { Handler } from "./kernel.ts";
import { protocolOrAll } from "./protocol.ts";

/**
 * A header alone tells that key management failed, which nobody waits for here. Anything else is a wish for an SA that goes
 * as it is to those who have registered (RFC 2367 section 3.1.6).
 */
export const acquire: Handler = (kernel, { bytes, message }) => {
  const protocol = protocolOrAll(message.saType);
  if (bytes.length === headerBytes) return;
  const isRegistered = registeredFor(protocol === "unspec" ? ["ah", "esp"] : [protocol]);
  if (![...kernel.endpoints].some(isRegistered)) throw new Refusal(Errno.EPROTONOSUPPORT);
  deliver(kernel, bytes, isRegistered);
};
