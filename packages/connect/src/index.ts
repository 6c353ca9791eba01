/**
 * A key socket by name: auto, pfkey, xfrm, engine, unix:PATH.
 *
 * @packageDocumentation
 */
export { UnknownDialectError, WrongDialectError } from "./dialect.ts";
export { NotBuiltInError } from "./not-built-in-error.ts";
export { type OpenedKeySocket, type OpenKeySocketOptions, openKeySocket } from "./open-key-socket.ts";
export { UnknownViaError } from "./via.ts";
export type { Clock } from "./ways.ts";
