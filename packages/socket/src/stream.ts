import { ClosedError } from "./closed-error.ts";
import { fifo } from "./fifo.ts";
import { frameLength, frameReader, isFrame } from "./frames.ts";
import type { Libc } from "./libc.ts";
import { EAGAIN, EINTR, EMSGSIZE, EPIPE, ETIMEDOUT, MSG_NOSIGNAL, POLLIN, POLLOUT } from "./linux.ts";
import { PeerGoneError, saysPeerGone } from "./peer-gone-error.ts";
import { SendError } from "./send-error.ts";
import { SocketError } from "./socket-error.ts";
import { deadlineAfter, waitFor } from "./wait.ts";

/** The peer did not read for as long as a send may last, so that the stream ends inside a message. */
export class PeerStalledError extends SocketError {
  override readonly name = "PeerStalledError";
}

/** What a stream socket is made of. */
export interface StreamOptions {
  /** What errors call the socket. */
  what: string;
  /** Of the length field of each message. */
  byteOrder: "little" | "big";
  /** How long a peer may leave unread what is sent to it. */
  stallMs?: number;
}

/** Bytes read in one call. */
const chunkBytes = 64 * 1024;
/** Bytes of messages kept while a send waits for the peer. Beyond them the peer has to read before it is read from. */
const maxQueuedBytes = 64 * 1024 * 1024;
const defaultStallMs = 30_000;

/** A stream socket of whole PF_KEY messages over a connected, non-blocking descriptor, which becomes its own. */
export function streamSocket(
  libc: Libc,
  fd: number,
  { what, byteOrder, stallMs = defaultStallMs }: StreamOptions,
) {
  const reader = frameReader(byteOrder);
  const chunk = new Uint8Array(chunkBytes);
  const queue = fifo<Uint8Array>();
  let queuedBytes = 0;
  let open = true;
  /** Why the connection has ended. Messages that came before are still to be had. */
  let failure: Error | undefined;

  return {
    send(messages: readonly Uint8Array[]): void {
      if (!open) throw new ClosedError(what);
      if (failure) throw failure;
      const bad = messages.findIndex((message) => !isFrame(message, byteOrder));
      const bytes = concatenate(bad < 0 ? messages : messages.slice(0, bad));
      try {
        sendBytes(bytes);
      } finally {
        bytes.fill(0);
      }
      if (bad >= 0) throw notAFrame(messages[bad]!, bad);
    },
    receive(timeoutMs: number): Uint8Array | undefined {
      if (!open) throw new ClosedError(what);
      const deadline = deadlineAfter(timeoutMs);
      for (;;) {
        const next = queue.shift();
        if (next !== undefined) {
          queuedBytes -= next.length;
          return next;
        }
        if (failure) throw failure;
        if (fill()) continue;
        if (waitFor(libc, fd, POLLIN, deadline) === 0) return undefined;
      }
    },
    close(): void {
      if (!open) return;
      open = false;
      queue.clear();
      if (!failure) libc.close(fd);
    },
  };

  /** Reads on while the peer does not, so that two who both write first do not wait for each other. */
  function sendBytes(bytes: Uint8Array): void {
    for (let rest = bytes; rest.length > 0; ) {
      const result = libc.send(fd, rest, MSG_NOSIGNAL);
      if (result >= 0) rest = rest.subarray(result);
      else if (result === -EAGAIN) waitForRoom();
      else if (result !== -EINTR) throw callError("send to", result, "");
    }
  }

  function waitForRoom(): void {
    const events = queuedBytes < maxQueuedBytes ? POLLIN | POLLOUT : POLLOUT;
    const ready = waitFor(libc, fd, events, deadlineAfter(stallMs));
    if (ready === 0) {
      const errno = libc.describe(-ETIMEDOUT);
      end(new PeerStalledError(`the peer of ${what} reads nothing`, errno, "connect again"));
    } else if (ready & POLLIN) fill();
    if (failure) throw failure;
  }

  /** Moves what has come to the queue; false if nothing has. */
  function fill(): boolean {
    const count = libc.recv(fd, chunk, 0);
    if (count === -EAGAIN || count === -EINTR) return false;
    if (count <= 0) {
      const pending = reader.pending > 0 ? `, ${reader.pending} bytes into a message` : "";
      end(callError("receive from", count || -EPIPE, pending));
      return true;
    }
    const bytes = chunk.subarray(0, count);
    try {
      reader.push(bytes, (message) => {
        queue.push(message);
        queuedBytes += message.length;
      });
    } catch (error) {
      end(error as Error);
    } finally {
      bytes.fill(0);
    }
    return true;
  }

  function end(error: Error): void {
    failure = error;
    libc.close(fd);
  }

  function callError(call: string, failure: number, where: string): SocketError {
    const errno = libc.describe(failure);
    if (!saysPeerGone(failure)) return new SocketError(`cannot ${call} ${what}`, errno);
    return new PeerGoneError(`the peer of ${what} is gone${where}`, errno, "connect again");
  }

  /** What Linux's PF_KEY says of such a message. */
  function notAFrame(message: Uint8Array, index: number): SendError {
    const stated = message.length < 16 ? "no base header" : `a length of ${frameLength(message, byteOrder)}`;
    const advice = `it has ${message.length} bytes and states ${stated}`;
    return new SendError(what, index, libc.describe(-EMSGSIZE), advice);
  }
}

function concatenate(messages: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(messages.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const message of messages) {
    bytes.set(message, offset);
    offset += message.length;
  }
  return bytes;
}
