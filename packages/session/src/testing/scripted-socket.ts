import { type Dialect, encode, type KeySocket, linux, type OutgoingMessage } from "@keysock/wire";

/** What a scripted peer sends: a message, its bytes, or either some milliseconds after the request. */
export type Given = OutgoingMessage | Uint8Array | { afterMs: number; give: OutgoingMessage | Uint8Array };

/** One request that the script waits for, and what happens then. */
export interface Step {
  expect: OutgoingMessage;
  give?: readonly Given[];
  /** Sending fails with this errno instead. */
  fail?: number;
}

/** A key socket with a script at the other end, and a clock that only waiting moves. */
export interface ScriptedSocket extends KeySocket {
  now(): number;
  /** How many messages each send took. */
  readonly batches: readonly number[];
  /** Steps that were not reached and messages that were not received. */
  left(): { steps: number; messages: number };
  readonly closed: boolean;
}

/** What a send fails with, in the way of the real sockets. */
class ScriptedSendError extends Error {
  override readonly name = "ScriptedSendError";
  readonly errno: number;
  readonly sent: number;

  constructor(errno: number, sent: number) {
    super(`${errno} after ${sent} messages`);
    this.errno = errno;
    this.sent = sent;
  }
}

/** Plays the steps in order; a message that is not the next step's fails the test. */
export function scriptedSocket(steps: readonly Step[], dialect: Dialect = linux): ScriptedSocket {
  const bytesOf = (message: OutgoingMessage | Uint8Array) =>
    message instanceof Uint8Array ? message : encode(message, dialect);
  const queue: { at: number; bytes: Uint8Array }[] = [];
  const batches: number[] = [];
  let clock = 0;
  let at = 0;
  let closed = false;

  function play(message: Uint8Array, index: number): void {
    const step = steps[at];
    if (step === undefined) throw new Error(`message ${hex(message)} after the end of the script`);
    const expected = hex(bytesOf(step.expect));
    if (hex(message) !== expected) throw new Error(`step ${at}: got ${hex(message)}, expected ${expected}`);
    at += 1;
    if (step.fail !== undefined) throw new ScriptedSendError(step.fail, index);
    for (const given of step.give ?? []) {
      const { afterMs, give } = "give" in given ? given : { afterMs: 0, give: given };
      queue.push({ at: clock + afterMs, bytes: bytesOf(give) });
    }
    queue.sort((a, b) => a.at - b.at);
  }

  return {
    dialect,
    batches,
    now: () => clock,
    left: () => ({ steps: steps.length - at, messages: queue.length }),
    get closed() {
      return closed;
    },
    send(messages) {
      batches.push(messages.length);
      messages.forEach(play);
    },
    receive(timeoutMs) {
      const next = queue[0];
      if (next === undefined || next.at > clock + timeoutMs) {
        clock += timeoutMs;
        return undefined;
      }
      clock = Math.max(clock, next.at);
      queue.shift();
      return next.bytes;
    },
    close() {
      closed = true;
    },
  };
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
