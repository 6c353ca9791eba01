import type { Decoded } from "@keysock/wire";

/** A message that went over the socket. */
export interface SessionEvent {
  /** "skipped" is what belongs to no request of this session. */
  direction: "sent" | "received" | "skipped";
  /** As it is on the wire. What is sent is overwritten after the call, its keys too. */
  decoded: Decoded;
}

/** How a session speaks. */
export interface SessionOptions {
  /** The sender's process id: put into requests that have none, and expected in their replies. */
  pid: number;
  /**
   * With a first number requests whose sequence is 0 are numbered, one up each and never 0, and their replies have 0
   * again; begin above 2^31, as small numbers name larval SAs in a kernel. "as-given": a request goes out as it is, only
   * when the one before is answered, and replies are told by type and pid alone.
   */
  sequence: { first: number } | "as-given";
  /** How long a reply may take, in milliseconds; 1000 unless given. */
  replyTimeoutMs?: number;
  /** Is told of every message, in the order in which they go over the socket. */
  observe?: (event: SessionEvent) => void;
  /** A clock in milliseconds; `Date.now` unless given. */
  now?: () => number;
}
