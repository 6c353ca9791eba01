/**
 * The base header of PF_KEY v2, `struct sadb_msg` (RFC 2367 section 2.3.1), and the message that it begins.
 */
import type { Dialect } from "./dialect.ts";
import type { Extension, OutgoingExtension } from "./extension.ts";
import { messageTypeName, messageTypeNumber, saTypeName, saTypeNumber } from "./numbers.ts";
import type { Reader } from "./structure.ts";
import { putUint8, putUint16, putUint32, type Writer } from "./writer.ts";

const field = {
  version: 0,
  type: 1,
  errno: 2,
  saType: 3,
  length: 4,
  reserved: 6,
  sequence: 8,
  pid: 12,
} as const;

/** Bytes of `struct sadb_msg`. */
export const headerBytes = 16;

/** The longest message: its length field counts units of 8 bytes in 16 bits. */
export const maximumMessageBytes = 0xffff * 8;

/** Every message type that some dialect has a number for. */
export type MessageType =
  | "getspi"
  | "update"
  | "add"
  | "delete"
  | "get"
  | "acquire"
  | "register"
  | "expire"
  | "flush"
  | "dump"
  | "promisc"
  | "pchange"
  | "spdupdate"
  | "spdadd"
  | "spddelete"
  | "spdget"
  | "spdacquire"
  | "spddump"
  | "spdflush"
  | "spdsetidx"
  | "spdexpire"
  | "spddelete2"
  | "nat-t-new-mapping"
  | "migrate"
  | "inverse-acquire"
  | "updatepair"
  | "delpair"
  | "delpair-state";

/** Every security association type that some dialect has a number for. */
export type SaType = "unspec" | "ah" | "esp" | "tcpsig" | "rsvp" | "ospfv2" | "ripv2" | "mip" | "ipcomp";

/** A PF_KEY message as plain data, the same whatever kernel it is for. */
export interface Message {
  /** 2 in every message that a kernel accepts. */
  version: number;
  /** The name of the type, or its number where the dialect has no name for it. */
  type: MessageType | number;
  saType: SaType | number;
  errno: number;
  /** A diagnostic on illumos, a refcount in Linux's policy messages. */
  reserved: number;
  sequence: number;
  pid: number;
  /** In wire order. */
  extensions: Extension[];
}

/** What `encode` takes: a {@link Message} whose extensions may leave `type` and `length` to the dialect. */
export interface OutgoingMessage extends Omit<Message, "extensions"> {
  extensions: readonly OutgoingExtension[];
}

/** The header as a message without extensions. The bytes are at least those of a header. */
export function decodeHeader({ view, littleEndian }: Reader, dialect: Dialect): Message {
  return {
    version: view.getUint8(field.version),
    type: messageTypeName(view.getUint8(field.type), dialect),
    saType: saTypeName(view.getUint8(field.saType), dialect),
    errno: view.getUint8(field.errno),
    reserved: view.getUint16(field.reserved, littleEndian),
    sequence: view.getUint32(field.sequence, littleEndian),
    pid: view.getUint32(field.pid, littleEndian),
    extensions: [],
  };
}

/** Bytes of the whole message as its header states them. */
export function decodeDeclaredBytes({ view, littleEndian }: Reader): number {
  return view.getUint16(field.length, littleEndian) * 8;
}

/** Writes the header of a message that takes all of the writer's bytes. */
export function encodeHeader(writer: Writer, message: OutgoingMessage, dialect: Dialect): void {
  putUint8(writer, field.version, message.version, "message.version");
  putUint8(writer, field.type, messageTypeNumber(message.type, dialect), "message.type");
  putUint8(writer, field.errno, message.errno, "message.errno");
  putUint8(writer, field.saType, saTypeNumber(message.saType, dialect), "message.saType");
  putUint16(writer, field.length, writer.bytes.length / 8, "message length");
  putUint16(writer, field.reserved, message.reserved, "message.reserved");
  putUint32(writer, field.sequence, message.sequence, "message.sequence");
  putUint32(writer, field.pid, message.pid, "message.pid");
}

/** The header of fewer bytes than it takes: what is whole, and zeros. */
export function completedHeader(bytes: Uint8Array): Uint8Array {
  const whole = Object.values(field).findLast((offset) => offset <= bytes.length) ?? 0;
  const header = new Uint8Array(headerBytes);
  header.set(bytes.subarray(0, whole));
  return header;
}
