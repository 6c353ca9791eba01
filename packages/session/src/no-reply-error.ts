import type { OutgoingMessage } from "@keysock/wire";
import { withoutKeys } from "./keys.ts";

/**
 * No reply to a request came in time.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { NoReplyError } from "@keysock/session";
 * import { request } from "@keysock/wire";
 *
 * const error = new NoReplyError(request("flush", "esp"), 1000);
 * assert.equal(error.message, '"flush" got no reply within 1000 ms');
 * ```
 */
export class NoReplyError extends Error {
  override readonly name = "NoReplyError";
  /** What got no reply, without its keys. */
  readonly request: OutgoingMessage;
  /** How long it was waited for, in milliseconds. */
  readonly timeoutMs: number;
  /** False: the other end was asked and it was not done. Undefined: nobody knows. */
  readonly done: false | undefined;

  constructor(request: OutgoingMessage, timeoutMs: number, asked: { done?: false; cause?: unknown } = {}) {
    const outcome = asked.done === false ? ", and it was not done" : "";
    super(`"${request.type}" got no reply within ${timeoutMs} ms${outcome}`, { cause: asked.cause });
    this.request = withoutKeys(request);
    this.timeoutMs = timeoutMs;
    this.done = asked.done;
  }
}
