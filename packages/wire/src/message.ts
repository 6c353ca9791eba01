/**
 * The base header of PF_KEY v2, `struct sadb_msg` (RFC 2367 section 2.3.1), and the message that it begins.
 */
import type { Extension, OutgoingExtension } from "./extension.ts";

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
  | "migrate";

/** Every security association type that some dialect has a number for. */
export type SaType = "unspec" | "ah" | "esp" | "rsvp" | "ospfv2" | "ripv2" | "mip" | "ipcomp";

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
