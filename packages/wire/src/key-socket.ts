import type { Dialect } from "./dialect.ts";
import type { Message, OutgoingMessage } from "./message.ts";

/** The seam between those who speak PF_KEY and whatever answers: a kernel, XFRM, the engine, a Unix socket, a recording. */
export interface KeySocket {
  readonly dialect: Dialect;
  /** Sends whole messages; many at once is one system call. */
  send(messages: readonly Uint8Array[]): void;
  /** The next whole message, or undefined if none comes in time. Throws the socket's own error when it is closed or broken. */
  receive(timeoutMs: number): Uint8Array | undefined;
  close(): void;
}

/**
 * A compiled command: it yields a request and is handed that request's replies. The replies are received when they are
 * iterated, not before, so a command that needs none goes on at once and a dump streams. A refusal by the kernel is
 * thrown out of the iteration.
 */
export type Command = Generator<OutgoingMessage, void, Iterable<Message>>;
