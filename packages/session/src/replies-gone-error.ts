import type { OutgoingMessage } from "@keysock/wire";

/**
 * A command iterated the replies to a request after they had gone to its job's handlers: it must do so before it yields
 * the next request.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { RepliesGoneError } from "@keysock/session";
 * import { request } from "@keysock/wire";
 *
 * const error = new RepliesGoneError(request("get", "esp"));
 * assert.equal(error.message, '"get": its replies have gone to the job already, expected to be iterated before the next request');
 * ```
 */
export class RepliesGoneError extends Error {
  override readonly name = "RepliesGoneError";

  constructor(request: OutgoingMessage) {
    super(
      `"${request.type}": its replies have gone to the job already, expected to be iterated before the next request`,
    );
  }
}
