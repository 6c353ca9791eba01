/**
 * Request and reply, dump and monitor, over any PF_KEY socket.
 *
 * @packageDocumentation
 */
export type { Job } from "./job.ts";
export { LostMessagesError } from "./lost-messages-error.ts";
export { NoReplyError } from "./no-reply-error.ts";
export type { SessionEvent, SessionOptions } from "./options.ts";
export { RefusedError } from "./refused-error.ts";
export { RepliesGoneError } from "./replies-gone-error.ts";
export { openSession, type Session } from "./session.ts";
