import { saEntry, spEntry } from "@keysock/setkey-printer";
import { type Decoded, find, SaState } from "@keysock/wire";
import type { Program } from "./program.ts";

/** Prints a reply that a user asked to see; most are not. */
export function printReply({ options, io, host }: Program, reply: Decoded): void {
  const { ports, dead, compat } = options;
  switch (reply.message.type) {
    case "dump":
      if (dead || find(reply.message, "sa")?.state !== SaState.dead) io.out(saEntry(reply, { host, ports }));
      return;
    case "get":
    case "getspi":
      io.out(saEntry(reply, { host, ports }));
      return;
    case "spddump":
    case "spdget":
      io.out(spEntry(reply, { host, ports, wildcard: compat ? "255" : "any" }));
      return;
  }
}
