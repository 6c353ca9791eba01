import type { Command, Decoded, OutgoingMessage } from "@keysock/wire";
import type { NoReplyError } from "./no-reply-error.ts";
import type { RefusedError } from "./refused-error.ts";

/** A compiled command and who is to hear of its replies. */
export interface Job {
  command: Command;
  /**
   * Gets each reply that the command itself does not iterate, with the request that it answers. Its message has the
   * request's sequence, its bytes are as they came.
   */
  reply?(reply: Decoded, request: OutgoingMessage): void;
  /**
   * Gets each refusal, and each reply that did not come, that the command itself does not catch; the rest still runs.
   * Without it the first one ends the run.
   */
  refused?(error: RefusedError | NoReplyError): void;
}
