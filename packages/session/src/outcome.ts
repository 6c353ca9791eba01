import { NoReplyError } from "./no-reply-error.ts";
import { RefusedError } from "./refused-error.ts";

/** Whether an error is what became of a request; any other is the socket's, or a program's. */
export const isOutcome = (error: unknown): error is RefusedError | NoReplyError =>
  error instanceof RefusedError || error instanceof NoReplyError;
