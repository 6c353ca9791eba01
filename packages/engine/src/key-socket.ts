import type { KeySocket } from "@keysock/wire";
import { advance } from "./agenda.ts";
import type { Core } from "./core.ts";
import { abandonDump, continueDump } from "./dump.ts";
import type { Endpoint } from "./endpoint.ts";
import { SendRefusedError } from "./send-refused-error.ts";

/** Something was asked of a key socket of the engine after it had been closed. */
export class EngineSocketClosedError extends Error {
  override readonly name = "EngineSocketClosedError";

  constructor(operation: string) {
    super(`"${operation}": the key socket is closed`);
  }
}

/** The user's end of an endpoint. */
export function openSocket(core: Core, endpoint: Endpoint): KeySocket {
  core.endpoints.add(endpoint);
  const checkOpen = (operation: string): void => {
    if (!core.endpoints.has(endpoint)) throw new EngineSocketClosedError(operation);
  };

  const take = (): Uint8Array | undefined => {
    advance(core);
    const message = endpoint.dequeue();
    if (message !== undefined) continueDump(endpoint);
    return message;
  };

  return {
    dialect: core.dialect,

    send(messages) {
      checkOpen("send");
      advance(core);
      for (const [sent, message] of messages.entries()) {
        try {
          core.submit(endpoint, plain(message));
        } catch (error) {
          if (error instanceof SendRefusedError) error.sent = sent;
          throw error;
        }
      }
    },

    receive(timeoutMs) {
      checkOpen("receive");
      let left = timeoutMs;
      for (;;) {
        const message = take();
        if (message !== undefined || !(left > 0)) return message;
        left -= sleep(core, left);
      }
    },

    close() {
      if (!core.endpoints.delete(endpoint)) return;
      abandonDump(endpoint);
      endpoint.clear();
    },
  };
}

/** Sleeps until something falls due, at most so long. Counts at least what it asked for, in case the clock stands still. */
function sleep({ agenda, clock }: Core, atMost: number): number {
  const before = clock.now();
  const due = agenda.next()?.at ?? Number.POSITIVE_INFINITY;
  const asked = Math.min(atMost, Math.max(due - before, 1));
  clock.sleep(asked);
  return Math.max(asked, clock.now() - before);
}

/** A Buffer's slice() is no copy. */
const plain = (bytes: Uint8Array) => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
