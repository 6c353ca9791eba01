import type { KeySocket } from "@keysock/wire";
import { advance } from "./ageing.ts";
import { abandonDump, continueDump } from "./dump.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Kernel } from "./kernel.ts";
import { submit } from "./submit.ts";

/** Something was asked of a key socket of the engine after it had been closed. */
export class EngineSocketClosedError extends Error {
  override readonly name = "EngineSocketClosedError";

  constructor(operation: string) {
    super(`"${operation}": the key socket is closed`);
  }
}

/** The user's end of an endpoint. */
export function openSocket(kernel: Kernel, endpoint: Endpoint): KeySocket {
  kernel.endpoints.add(endpoint);
  const checkOpen = (operation: string): void => {
    if (!kernel.endpoints.has(endpoint)) throw new EngineSocketClosedError(operation);
  };

  const take = (): Uint8Array | undefined => {
    advance(kernel);
    const message = endpoint.dequeue();
    if (message !== undefined) continueDump(kernel, endpoint);
    return message;
  };

  return {
    dialect: kernel.dialect,

    send(messages) {
      checkOpen("send");
      advance(kernel);
      for (const message of messages) submit(kernel, endpoint, plain(message));
    },

    receive(timeoutMs) {
      checkOpen("receive");
      let left = timeoutMs;
      for (;;) {
        const message = take();
        if (message !== undefined || !(left > 0)) return message;
        left -= sleep(kernel, left);
      }
    },

    close() {
      if (!kernel.endpoints.delete(endpoint)) return;
      abandonDump(endpoint);
      endpoint.clear();
    },
  };
}

/** Sleeps until something falls due, at most so long. Counts at least what it asked for, in case the clock stands still. */
function sleep(kernel: Kernel, atMost: number): number {
  const before = kernel.clock.now();
  const due = kernel.agenda.next()?.at ?? Number.POSITIVE_INFINITY;
  const asked = Math.min(atMost, Math.max(due - before, 1));
  kernel.clock.sleep(asked);
  return Math.max(asked, kernel.clock.now() - before);
}

/** A Buffer's slice() is no copy. */
const plain = (bytes: Uint8Array) => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
