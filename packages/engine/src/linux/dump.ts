/**
 * DUMP and SPDDUMP: entries are numbered from 1, and the last one has sequence 0.
 */
import { encode, find, type MessageType, type OutgoingExtension, type SaType } from "@keysock/wire";
import type { Request } from "../core.ts";
import { startDump } from "../dump.ts";
import type { Endpoint } from "../endpoint.ts";
import { clearSequence, headerAlone, headerBytes } from "../header.ts";
import { Refusal } from "../refusal.ts";
import { deliver } from "./delivery.ts";
import { Errno } from "./errno.ts";
import { filterOf } from "./filter.ts";
import type { Handler, Kernel } from "./kernel.ts";
import { policyExtensions } from "./policy-message.ts";
import { protocolMatches, protocolOf, saTypeOf } from "./protocol.ts";
import { references } from "./references.ts";
import { saExtensions } from "./sa-message.ts";

export const dump: Handler = (kernel, request, from) => {
  if (from.dump !== undefined) throw new Refusal(Errno.EBUSY);
  const protocol = protocolOf(request.message.saType);
  if (protocol === undefined) throw new Refusal(Errno.EINVAL);
  const passes = filterOf(find(request.message, "filter"));
  const walk = kernel.sadb.walk();
  start(kernel, request, from, (sequence) => {
    for (let sa = walk(); sa !== undefined; sa = walk()) {
      if (!protocolMatches(sa.protocol, protocol) || !passes(sa)) continue;
      return entry(kernel, request, "dump", saTypeOf(sa.protocol), sequence, 0, saExtensions(sa));
    }
    return undefined;
  });
};

export const spddump: Handler = (kernel, request, from) => {
  if (from.dump !== undefined) throw new Refusal(Errno.EBUSY);
  const walk = kernel.spd.walk();
  start(kernel, request, from, (sequence) => {
    const policy = walk();
    if (policy === undefined) return undefined;
    const reserved = references(kernel, policy);
    return entry(kernel, request, "spddump", "unspec", sequence, reserved, policyExtensions(policy));
  });
};

function entry(
  kernel: Kernel,
  { header }: Request,
  type: MessageType,
  saType: SaType,
  sequence: number,
  reserved: number,
  extensions: readonly OutgoingExtension[],
): Uint8Array {
  const { pid } = header;
  return encode({ version: 2, type, saType, errno: 0, reserved, sequence, pid, extensions }, kernel.dialect);
}

/** Goes one entry ahead, to know which one is the last. */
function start(
  kernel: Kernel,
  request: Request,
  from: Endpoint,
  make: (sequence: number) => Uint8Array | undefined,
): void {
  const asked = request.bytes.slice(0, headerBytes);
  let count = 0;
  const next = () => {
    count++;
    return make(count);
  };
  startDump(from, {
    held: undefined,

    step() {
      const message = this.held ?? next();
      if (message === undefined) {
        deliver(kernel, headerAlone(asked, Errno.ENOENT, kernel.dialect), "one", from);
        return true;
      }
      this.held = next();
      if (this.held === undefined) clearSequence(message);
      deliver(kernel, message, "one", from);
      message.fill(0);
      return this.held === undefined;
    },
  });
}
