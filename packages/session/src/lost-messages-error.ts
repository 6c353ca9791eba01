/**
 * The key socket had no room for messages, so that some are missing; those after them still come. Whoever keeps a state
 * up to date by what it hears dumps again.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LostMessagesError } from "@keysock/session";
 *
 * const error = new LostMessagesError(new Error("the PF_KEY socket may have lost messages"));
 * assert.equal(error.message, "the PF_KEY socket may have lost messages");
 * ```
 */
export class LostMessagesError extends Error {
  override readonly name = "LostMessagesError";

  /** @param cause - what the socket says of it */
  constructor(cause: Error) {
    super(cause.message, { cause });
  }
}

/** Whether a socket's error is that its receive queue was full: `code` is `ENOBUFS`, as with netlink(7). */
export const saysMessagesLost = (error: unknown): error is Error =>
  error instanceof Error && "code" in error && error.code === "ENOBUFS";
