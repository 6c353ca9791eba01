import { EncodeError } from "./encode-error.ts";
import type { SockaddrFormat } from "./sockaddr.ts";

/** A message that is being written, into bytes that are all zero. */
export interface Writer {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly littleEndian: boolean;
  readonly sockaddr: SockaddrFormat;
}

// Each of these throws an EncodeError that names the field if the value does not fit it.

/** One byte. */
export function putUint8(writer: Writer, at: number, value: number, field: string): void {
  writer.view.setUint8(at, checkedUint(value, 0xff, field));
}

/** Two bytes in the dialect's order. */
export function putUint16(writer: Writer, at: number, value: number, field: string): void {
  writer.view.setUint16(at, checkedUint(value, 0xffff, field), writer.littleEndian);
}

/** Three bytes, the first one highest in both byte orders. */
export function putUint24(writer: Writer, at: number, value: number, field: string): void {
  checkedUint(value, 0xffffff, field);
  writer.view.setUint8(at, value >>> 16);
  writer.view.setUint16(at + 1, value & 0xffff);
}

/** Four bytes in the dialect's order. */
export function putUint32(writer: Writer, at: number, value: number, field: string): void {
  writer.view.setUint32(at, checkedUint(value, 0xffffffff, field), writer.littleEndian);
}

/** Eight bytes in the dialect's order. */
export function putUint64(writer: Writer, at: number, value: bigint, field: string): void {
  if (typeof value !== "bigint" || value < 0n || value > 0xffff_ffff_ffff_ffffn) {
    throw new EncodeError(field, value, "a bigint from 0 to 2^64 - 1");
  }
  writer.view.setBigUint64(at, value, writer.littleEndian);
}

/** Two bytes in network order. */
export function putNetworkUint16(writer: Writer, at: number, value: number, field: string): void {
  writer.view.setUint16(at, checkedUint(value, 0xffff, field));
}

/** Four bytes in network order. */
export function putNetworkUint32(writer: Writer, at: number, value: number, field: string): void {
  writer.view.setUint32(at, checkedUint(value, 0xffffffff, field));
}

/** Bytes of a fixed size. */
export function putBytes(writer: Writer, at: number, value: Uint8Array, size: number, field: string): void {
  if (byteLength(value, field) !== size) {
    throw new EncodeError(field, `${value.length} bytes`, `${size} bytes`);
  }
  writer.bytes.set(value, at);
}

/** Refuses a value that the dialect has no field for; 0 says nothing. */
export function refuseAllBut0(value: number, field: string): void {
  if (value !== 0) throw new EncodeError(field, value, "0, as the dialect has no such field");
}

/** The length of what must be bytes. */
export function byteLength(value: Uint8Array, field: string): number {
  if (!(value instanceof Uint8Array)) throw new EncodeError(field, typeof value, "a Uint8Array");
  return value.length;
}

/** The value, if it is an integer from 0 to the maximum. */
export function checkedUint(value: number, maximum: number, field: string): number {
  if (!Number.isInteger(value) || value < 0 || value > maximum) {
    throw new EncodeError(field, value, `an integer from 0 to ${maximum}`);
  }
  return value;
}
