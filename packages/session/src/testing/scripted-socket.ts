import { type Dialect, encode, type KeySocket, linux, type OutgoingMessage } from "@keysock/wire";

/** What receiving gives: a message, its bytes, an error in its place, or either some milliseconds after the request. */
export type Given = Something | { afterMs: number; give: Something };
type Something = OutgoingMessage | Uint8Array | Error;

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

/** That messages were lost, in the way of the real sockets. */
export class ScriptedOverrunError extends Error {
  override readonly name = "ScriptedOverrunError";
  readonly code = "ENOBUFS";
}

/** Plays the steps in order; a message that is not the next step's fails the test. */
export function scriptedSocket(steps: readonly Step[], dialect: Dialect = linux): ScriptedSocket {
  const bytesOf = (message: OutgoingMessage | Uint8Array) =>
    message instanceof Uint8Array ? message : encode(message, dialect);
  const queue: { at: number; what: Uint8Array | Error }[] = [];
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
      queue.push({ at: clock + afterMs, what: give instanceof Error ? give : bytesOf(give) });
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
      if (next.what instanceof Error) throw next.what;
      return next.what;
    },
    close() {
      closed = true;
    },
  };
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
