import { clearSequence, Errno, type Header } from "@keysock/engine/linux";
import type { Bridge } from "./bridge.ts";
import type { Question } from "./line.ts";
import { encodeRefusal, encodeTold, headerBytes } from "./pfkey-message.ts";
import { changeOf } from "./told.ts";

/** Lists everything as PF_KEY does: numbered from 1, and the last one, which is held back until it is known, 0. */
export function dump(bridge: Bridge, question: Question, bytes: Uint8Array, { pid }: Header): void {
  const request = bytes.slice(0, headerBytes);
  let held: Uint8Array | undefined;
  let count = 0;
  bridge.line.dump(question, {
    told(message) {
      const told = changeOf(message, bridge.now());
      if (told === undefined) return false;
      if (held !== undefined) bridge.deliver(held);
      count += 1;
      held = encodeTold(entryOf(told), { sequence: count, pid });
      return true;
    },
    ended(errno, text) {
      if (held !== undefined) {
        if (errno === 0) clearSequence(held);
        bridge.deliver(held);
        if (errno === 0) return;
      }
      bridge.deliver(encodeRefusal(request, errno || Errno.ENOENT, text));
    },
  });
}

/** Nobody but the database holds a policy on the way. */
function entryOf(told: NonNullable<ReturnType<typeof changeOf>>) {
  if (told.type === "add") return { ...told, type: "dump" } as const;
  return { ...told, type: "spddump", reserved: (told.reserved ?? 1) - 1 } as const;
}
