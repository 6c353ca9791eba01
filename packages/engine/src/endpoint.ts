import type { Dump } from "./dump.ts";

/** Linux's receive buffer after libipsec has asked for as much as it may have: twice net.core.rmem_max. */
export const defaultReceiveBuffer = 425_984;

/** What the kernel counts for a message beside its bytes. */
const overhead = 768;

/** The kernel's end of a key socket. */
export interface Endpoint {
  /** One bit for each SA type that it has registered. */
  registered: number;
  promiscuous: boolean;
  dump: Dump | undefined;
  /** Drops the message silently if the reader has let too many lie. The bytes are the reader's from now on. */
  enqueue(message: Uint8Array): void;
  dequeue(): Uint8Array | undefined;
  /** Whether more than that part of the receive buffer is in use. */
  isFilled(part: number): boolean;
  /** Overwrites and forgets what has not been read. */
  clear(): void;
}

export function createEndpoint(receiveBuffer: number): Endpoint {
  let queue: Uint8Array[] = [];
  let head = 0;
  let used = 0;
  const isFilled = (part: number): boolean => used > part * receiveBuffer;

  return {
    registered: 0,
    promiscuous: false,
    dump: undefined,

    enqueue(message) {
      if (isFilled(1)) {
        message.fill(0);
        return;
      }
      used += message.length + overhead;
      queue.push(message);
    },

    dequeue() {
      const message = queue[head];
      if (message === undefined) return undefined;
      head++;
      used -= message.length + overhead;
      // What has been read goes in halves, so that neither it nor the time for it piles up.
      if (head * 2 >= queue.length) {
        queue = queue.slice(head);
        head = 0;
      }
      return message;
    },

    isFilled,

    clear() {
      for (const message of queue.slice(head)) message.fill(0);
      queue = [];
      head = 0;
      used = 0;
    },
  };
}
