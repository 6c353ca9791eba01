import { find } from "@keysock/wire";
import { startDump } from "../dump.ts";
import { secondMs } from "../lifetime.ts";
import { Refusal } from "../refusal.ts";
import { announce, only } from "./delivery.ts";
import { Errno } from "./errno.ts";
import type { Handler } from "./kernel.ts";
import { protocolOrAll } from "./protocol.ts";
import { saExtensions } from "./sa-message.ts";

/**
 * All entries have the request's sequence, and after the last one comes a message of a header alone with sequence 0. With
 * EDUMP only those are shown that have been idle so many seconds.
 */
export const dump: Handler = (kernel, { header, message }, from) => {
  const protocol = protocolOrAll(message.saType);
  if (from.dump !== undefined) throw new Refusal(Errno.ENOMEM);
  const { sequence, pid } = header;
  const { saType } = message;
  const idleMs = Number(find(message, "extendedDump")?.timeout ?? 0n) * secondMs;
  const idleBefore = kernel.clock.now() - idleMs;
  const walk = kernel.sadb.walk();
  const isFor = only(from);
  startDump(from, {
    held: undefined,

    step() {
      for (let sa = walk(); sa !== undefined; sa = walk()) {
        if (protocol !== "unspec" && sa.protocol !== protocol) continue;
        if (sa.activeAt > idleBefore) continue;
        const extensions = saExtensions(sa);
        announce(kernel, { type: "dump", saType: sa.protocol, sequence, pid, extensions }, isFor);
        return false;
      }
      announce(kernel, { type: "dump", saType, sequence: 0, pid, extensions: [] }, isFor);
      return true;
    },
  });
};
