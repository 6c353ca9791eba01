/**
 * `struct nlmsghdr` (linux/netlink.h).
 */
import type { Reader } from "./structure.ts";
import { putUint16, putUint32, type Writer } from "./writer.ts";

const field = { length: 0, type: 4, flags: 6, sequence: 8, portId: 12 } as const;

/** Bytes of `struct nlmsghdr`. */
export const headerBytes = 16;

/** What each message begins with, its length and its type aside. */
export interface NetlinkHeader {
  /** Bits of {@link NetlinkFlag}. */
  flags: number;
  sequence: number;
  /** Of the requester (`nlmsg_pid`); 0 in a request and in what the kernel says by itself. */
  portId: number;
}

/** Bytes of the message that begins at `at`, this header included. */
export const decodeLength = (view: DataView, at: number, littleEndian: boolean): number =>
  view.getUint32(at + field.length, littleEndian);

export const decodeType = ({ view, littleEndian }: Reader): number =>
  view.getUint16(field.type, littleEndian);

export const decodeHeader = ({ view, littleEndian }: Reader): NetlinkHeader => ({
  flags: view.getUint16(field.flags, littleEndian),
  sequence: view.getUint32(field.sequence, littleEndian),
  portId: view.getUint32(field.portId, littleEndian),
});

/** Writes the header of a message that takes all of the writer's bytes. */
export function encodeHeader(writer: Writer, type: number, header: NetlinkHeader): void {
  putUint32(writer, field.length, writer.bytes.length, "message length");
  putUint16(writer, field.type, type, "message.type");
  putUint16(writer, field.flags, header.flags, "message.flags");
  putUint32(writer, field.sequence, header.sequence, "message.sequence");
  putUint32(writer, field.portId, header.portId, "message.portId");
}

/** The header of fewer bytes than it takes: what is whole, and zeros. */
export function completedHeader(bytes: Uint8Array): Uint8Array {
  const whole = Object.values(field).findLast((offset) => offset <= bytes.length) ?? 0;
  const header = new Uint8Array(headerBytes);
  header.set(bytes.subarray(0, whole));
  return header;
}
