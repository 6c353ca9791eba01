import { type OutgoingMessage, withoutKeys } from "@keysock/wire";

/**
 * No reply to a request came in time, or a dump came to its end and entries are missing in it.
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
  /** How many entries of a dump did not come, where that is known. */
  readonly missing: number | undefined;

  constructor(
    request: OutgoingMessage,
    timeoutMs: number,
    known: { done?: false; missing?: number; cause?: unknown } = {},
  ) {
    const { done, missing, cause } = known;
    const outcome = done === false ? ", and it was not done" : "";
    const text =
      missing === undefined
        ? `got no reply within ${timeoutMs} ms${outcome}`
        : `is incomplete: ${missing} of its entries did not come`;
    super(`"${request.type}" ${text}`, { cause });
    this.request = withoutKeys(request);
    this.timeoutMs = timeoutMs;
    this.done = done;
    this.missing = missing;
  }
}
