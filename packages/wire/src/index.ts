/**
 * PF_KEY v2 messages to bytes and back, one dialect per kernel.
 *
 * @packageDocumentation
 */
export type * from "./address.ts";
export type * from "./dialect.ts";
export type * from "./extension.ts";
export type * from "./filter.ts";
export type * from "./identity.ts";
export type * from "./key.ts";
export type * from "./key-socket.ts";
export type * from "./km-address.ts";
export type * from "./km-private.ts";
export type * from "./lifetime.ts";
export type * from "./message.ts";
export type * from "./nat-t.ts";
export * from "./policy.ts";
export type * from "./problem.ts";
export type * from "./proposal.ts";
export type * from "./raw.ts";
export * from "./sa.ts";
export type * from "./sa2.ts";
export type * from "./security-context.ts";
export type * from "./sensitivity.ts";
export type * from "./sockaddr.ts";
export type * from "./spi-range.ts";
export type * from "./supported.ts";

import type { Dialect } from "./dialect.ts";
import type { OutgoingExtension } from "./extension.ts";
import type { Message, MessageType, OutgoingMessage, SaType } from "./message.ts";
import type { Problem } from "./problem.ts";

// Signatures that the others build on; the bodies move to files of their own.
export declare const linux: Dialect;
export declare function inByteOrder(dialect: Dialect, byteOrder: "little" | "big"): Dialect;
/** A message as far as it could be read, with what is wrong with it. */
export interface Decoded {
  bytes: Uint8Array;
  message: Message;
  problems: Problem[];
}
export declare function decode(bytes: Uint8Array, dialect: Dialect): Decoded;
export declare function decodeStrict(bytes: Uint8Array, dialect: Dialect): Message;
export declare function encode(message: OutgoingMessage, dialect: Dialect): Uint8Array;
export declare function request(
  type: MessageType | number,
  saType: SaType | number,
  extensions?: readonly OutgoingExtension[],
): OutgoingMessage;
/** The first extension of that kind, narrowed; undefined if there is none. */
export declare function find<K extends Message["extensions"][number]["kind"]>(
  message: { extensions: readonly { kind: string }[] },
  kind: K,
): Extract<Message["extensions"][number], { kind: K }> | undefined;
/** errno of the dialect's kernel: { name: "EEXIST", text: "File exists" }. */
export declare function errnoOf(errno: number, dialect: Dialect): { name: string; text: string };
