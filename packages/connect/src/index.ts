/**
 * A key socket by name: auto, pfkey, xfrm, engine, unix:PATH.
 *
 * @packageDocumentation
 */
export { UnknownDialectError, WrongDialectError } from "./dialect.ts";
export { NoKernelSocketError } from "./no-kernel-socket-error.ts";
export { type OpenedKeySocket, type OpenKeySocketOptions, openKeySocket } from "./open-key-socket.ts";
export { UnknownViaError } from "./via.ts";
export type { Clock } from "./ways.ts";
