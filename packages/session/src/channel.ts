import { type Decoded, decode, encode, type KeySocket, keyBytes, type OutgoingMessage } from "@keysock/wire";
import {
  type Exchange,
  isEcho,
  isLast,
  isReply,
  missingBefore,
  newExchange,
  type Purpose,
} from "./exchange.ts";
import { LostMessagesError, saysMessagesLost } from "./lost-messages-error.ts";
import type { SessionOptions } from "./options.ts";
import { remove } from "./remove.ts";
import { sendFailure } from "./send-failure.ts";

/** A key socket with the exchanges that are open on it. */
export interface Channel {
  readonly socket: KeySocket;
  readonly timeoutMs: number;
  /** Numbers and encodes a request; it is not sent yet. */
  prepare(request: OutgoingMessage, purpose?: Purpose): Exchange;
  /** Sends them in one go; one that the socket would not take gets its `failure` and the rest still goes. */
  send(exchanges: readonly Exchange[]): void;
  /**
   * Waits for the next message and gives it to its exchange; false if none came in time. What belongs to no exchange
   * is skipped.
   */
  pump(waitMs: number): boolean;
  /** Milliseconds until the exchange has waited long enough. */
  remaining(exchange: Exchange): number;
  /** Whether it makes sense to ask after a reply that did not come. */
  mayAsk(): boolean;
  /** The requests that went out after the exchange's, as far as they are not settled. */
  sentAfter(exchange: Exchange): OutgoingMessage[];
  /** Until something is heard again: a question was not answered either. */
  stopAsking(): void;
  /** No more replies are wanted. */
  forget(exchange: Exchange): void;
  /**
   * The next message whoever sent it.
   *
   * @throws LostMessagesError once after messages were lost, also while `pump` waited: what it waits for is asked after
   */
  receive(timeoutMs: number): Decoded | undefined;
}

export function openChannel(socket: KeySocket, options: SessionOptions): Channel {
  const { dialect } = socket;
  const { pid, sequence: numbering, observe, replyTimeoutMs = 1000, now = Date.now } = options;
  /** In the order in which they were sent. */
  const open: Exchange[] = [];
  /** When a command was last answered: the others wait from then on, because replies come one after the other. */
  let heard = Number.NEGATIVE_INFINITY;
  let silent = false;
  /** That messages were lost, as long as nobody was told. */
  let overrun: Error | undefined;
  let next = numbering === "as-given" ? 0 : numbering.first >>> 0 || 1;

  function sequenceFor(request: OutgoingMessage): number {
    if (request.sequence !== 0 || numbering === "as-given") return request.sequence;
    const sequence = next;
    next = (next + 1) >>> 0 || 1;
    return sequence;
  }

  /** The observer's own copy of the keys does not outlive its call. */
  function show(bytes: Uint8Array): void {
    if (observe === undefined) return;
    const decoded = decode(bytes, dialect);
    observe({ direction: "sent", decoded });
    for (const key of keyBytes(decoded.message)) key.fill(0);
  }

  function sendFrom(exchanges: readonly Exchange[]): void {
    let rest = exchanges;
    while (rest.length > 0) {
      try {
        socket.send(rest.map(({ bytes }) => bytes));
        return;
      } catch (error) {
        const failure = sendFailure(error);
        const refused = rest[failure?.sent ?? 0];
        if (failure === undefined || refused === undefined) throw error;
        refused.failure = failure;
        rest = rest.slice(failure.sent + 1);
      }
    }
  }

  function listen(waitMs: number): Uint8Array | undefined | "lost" {
    try {
      return socket.receive(waitMs);
    } catch (error) {
      if (!saysMessagesLost(error)) throw error;
      overrun = error;
      return "lost";
    }
  }

  return {
    socket,
    timeoutMs: replyTimeoutMs,
    prepare(request, purpose = "command") {
      const sequence = sequenceFor(request);
      const onWire = { ...request, sequence, pid: request.pid || pid };
      return newExchange(request, { bytes: encode(onWire, dialect), sequence, pid: onWire.pid, purpose });
    },
    send(exchanges) {
      try {
        for (const { bytes } of exchanges) show(bytes);
        sendFrom(exchanges);
      } finally {
        for (const { bytes } of exchanges) bytes.fill(0);
      }
      const sent = now();
      for (const exchange of exchanges) {
        open.push(exchange);
        exchange.heard = sent;
      }
    },
    pump(waitMs) {
      const bytes = listen(waitMs);
      if (bytes === undefined) return false;
      if (bytes === "lost") return true;
      const decoded = decode(bytes, dialect);
      const { message } = decoded;
      for (const exchange of open) {
        if (!isReply(message, exchange)) continue;
        // illumos has no echo, and ends a dump by what would look like one.
        if (dialect.name === "linux" && isEcho(message, exchange)) continue;
        const { sequence } = exchange.request;
        const numbered = message.sequence === exchange.sequence;
        if (!numbered && dialect.name === "linux") exchange.missing += missingBefore(message, exchange);
        exchange.counted = message.sequence;
        exchange.inbox.push(numbered ? { ...decoded, message: { ...message, sequence } } : decoded);
        exchange.complete = isLast(message, exchange);
        exchange.heard = now();
        if (exchange.purpose === "command") heard = exchange.heard;
        silent = false;
        observe?.({ direction: "received", decoded });
        return true;
      }
      observe?.({ direction: "skipped", decoded });
      return true;
    },
    remaining(exchange) {
      const waited = now() - Math.max(exchange.heard, heard);
      // A clock that is set back makes nobody wait longer.
      return Math.max(0, replyTimeoutMs - Math.max(0, waited));
    },
    // Without numbers the answer to a question could be taken for another's.
    mayAsk: () => numbering !== "as-given" && !silent,
    sentAfter: (exchange) => open.slice(open.indexOf(exchange) + 1).map(({ request }) => request),
    stopAsking() {
      silent = true;
    },
    forget: (exchange) => remove(open, exchange),
    receive(timeoutMs) {
      const bytes = overrun === undefined ? listen(timeoutMs) : "lost";
      if (bytes === "lost") {
        const error = new LostMessagesError(overrun!);
        overrun = undefined;
        throw error;
      }
      if (bytes === undefined) return undefined;
      const decoded = decode(bytes, dialect);
      observe?.({ direction: "received", decoded });
      return decoded;
    },
  };
}
