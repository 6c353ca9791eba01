import { type Dialect, inByteOrder, type KeySocket, linux } from "@keysock/wire";

/** What a recorded run of the original sent and received, `undefined` being a failed read. */
export interface RecordedExchange {
  readonly sent: readonly Uint8Array[];
  readonly received: readonly (Uint8Array | undefined)[];
}

/** A key socket that plays a recording back. */
export interface RecordedSocket extends KeySocket {
  /** What of the recording was not played. */
  left(): { sent: number; received: number };
}

/** A message that is not the one that was recorded. */
class NotRecordedError extends Error {
  override readonly name = "NotRecordedError";
}

/**
 * Plays a recording back: each message sent must be the next one recorded, byte for byte, and what was received comes
 * in the order in which it was. A failed read, and the end of the recording, are nothing in time.
 */
export function recordedSocket(
  { sent, received }: RecordedExchange,
  dialect: Dialect = inByteOrder(linux, "little"),
): RecordedSocket {
  let nextSent = 0;
  let nextReceived = 0;
  return {
    dialect,
    send(messages) {
      for (const message of messages) {
        const [found, expected] = [hex(message), hex(sent[nextSent] ?? new Uint8Array())];
        if (found !== expected) {
          throw new NotRecordedError(`"${found}" as message ${nextSent}, expected "${expected}"`);
        }
        nextSent += 1;
      }
    },
    receive() {
      const bytes = received[nextReceived];
      nextReceived += 1;
      return bytes?.slice();
    },
    close() {},
    left: () => ({ sent: sent.length - nextSent, received: Math.max(0, received.length - nextReceived) }),
  };
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
