import { ClosedError } from "./closed-error.ts";
import { fifo } from "./fifo.ts";
import type { Libc } from "./libc.ts";
import {
  EAGAIN,
  EINTR,
  EINVAL,
  EMSGSIZE,
  ENOBUFS,
  MSG_DONTWAIT,
  MSG_NOSIGNAL,
  MSG_TRUNC,
  POLLIN,
} from "./linux.ts";
import { PeerGoneError, saysPeerGone } from "./peer-gone-error.ts";
import { SendError } from "./send-error.ts";
import { SocketError } from "./socket-error.ts";
import { deadlineAfter, waitFor } from "./wait.ts";

/** The receive queue was full and messages were lost (ENOBUFS on netlink; PF_KEY loses them without a word). */
export class OverrunError extends SocketError {
  override readonly name = "OverrunError";
}

/** A message was longer than the room for it and was dropped. Those after it can still be received. */
export class TruncatedError extends Error {
  override readonly name = "TruncatedError";
  /** Bytes of the message. */
  readonly length: number;

  constructor(socket: string, length: number, limit: number) {
    super(`${socket} dropped a message of ${length} bytes: the limit is ${limit}`);
    this.length = length;
  }
}

/** What a datagram socket of the kernel's is made of. */
export interface DatagramOptions {
  /** What errors call the socket. */
  what: string;
  /** Bytes of the longest message that can be received. */
  longestMessage: number;
  /** Bytes of a sender's address; 0 where there is none. */
  nameSize: number;
  /** Whether a message from this address is to be had; others are dropped. */
  accepts: (name: Uint8Array) => boolean;
  /** What to do about a message that the kernel found malformed (EINVAL, EMSGSIZE). */
  sendAdvice?: string;
}

/** Whole messages out and in. */
export interface DatagramSocket {
  send(messages: readonly Uint8Array[]): void;
  receive(timeoutMs: number): Uint8Array | undefined;
  close(): void;
}

/**
 * Messages in one system call. Measured on Linux 6.18 over a Unix socket pair, 304 bytes each: 2.3 us a message one by one to send and
 * 2.7 to receive, 1.3 and 1.5 with 32 in a call, no less with 128.
 */
const batch = 32;

/** A datagram socket over an open file descriptor, which becomes its own. */
export function datagramSocket(libc: Libc, fd: number, options: DatagramOptions): DatagramSocket {
  const { what, longestMessage, nameSize, accepts, sendAdvice } = options;
  const outgoing = libc.headerVector(batch, 0);
  const incoming = libc.headerVector(batch, nameSize);
  // Zero pages until the kernel writes to them, so room for the longest message costs no memory.
  const memory = new Uint8Array(batch * longestMessage);
  const rooms = Array.from({ length: batch }, (_, index) =>
    memory.subarray(index * longestMessage, (index + 1) * longestMessage),
  );
  for (const [index, room] of rooms.entries()) incoming.point(index, room);
  const queue = fifo<Uint8Array | TruncatedError>();
  let open = true;

  return {
    send(messages) {
      if (!open) throw new ClosedError(what);
      for (let sent = 0; sent < messages.length; ) {
        const count = Math.min(messages.length - sent, batch);
        for (let index = 0; index < count; index++) outgoing.point(index, messages[sent + index]!);
        const result = libc.sendmmsg(fd, outgoing, count, MSG_NOSIGNAL);
        if (result >= 0) sent += result;
        else if (result !== -EINTR) throw sendError(result, sent);
      }
    },
    receive(timeoutMs) {
      if (!open) throw new ClosedError(what);
      const deadline = deadlineAfter(timeoutMs);
      for (;;) {
        const next = queue.shift() ?? (fill() ? queue.shift() : undefined);
        if (next instanceof TruncatedError) throw next;
        if (next !== undefined) return next;
        if (waitFor(libc, fd, POLLIN, deadline) === 0) return undefined;
      }
    },
    close() {
      if (!open) return;
      open = false;
      queue.clear();
      libc.close(fd);
    },
  };

  /** Moves what the kernel has for us to the queue. */
  function fill(): boolean {
    const count = libc.recvmmsg(fd, incoming, MSG_DONTWAIT | MSG_TRUNC);
    if (count === -EAGAIN || count === -EINTR) return false;
    if (count < 0) throw receiveError(count);
    for (let index = 0; index < count; index++) {
      const length = incoming.length(index);
      const received = rooms[index]!.subarray(0, length);
      if (accepts(incoming.name(index))) {
        const whole = (incoming.flags(index) & MSG_TRUNC) === 0;
        queue.push(whole ? received.slice() : new TruncatedError(what, length, longestMessage));
      }
      received.fill(0);
    }
    return true;
  }

  function sendError(failure: number, sent: number): SocketError {
    const errno = libc.describe(failure);
    if (saysPeerGone(failure)) return new PeerGoneError(`nobody reads from ${what}`, errno);
    const malformed = failure === -EINVAL || failure === -EMSGSIZE;
    return new SendError(what, sent, errno, malformed ? sendAdvice : undefined);
  }

  function receiveError(failure: number): SocketError {
    const errno = libc.describe(failure);
    const lost = `${what} lost messages`;
    if (failure === -ENOBUFS) return new OverrunError(lost, errno, "dump again to know the state");
    if (saysPeerGone(failure)) return new PeerGoneError(`nobody writes to ${what}`, errno);
    return new SocketError(`cannot receive from ${what}`, errno);
  }
}
