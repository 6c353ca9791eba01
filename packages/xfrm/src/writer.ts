import { EncodeError } from "@keysock/wire";

/** A message that is being written, into bytes that are all zero. */
export interface Writer {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly littleEndian: boolean;
}

// Each of these throws an EncodeError that names the field if the value does not fit it.

/** One byte. */
export function putUint8(writer: Writer, at: number, value: number, field: string): void {
  writer.view.setUint8(at, checkedInteger(value, 0, 0xff, field));
}

/** Two bytes in the machine's order. */
export function putUint16(writer: Writer, at: number, value: number, field: string): void {
  writer.view.setUint16(at, checkedInteger(value, 0, 0xffff, field), writer.littleEndian);
}

/** Four bytes in the machine's order. */
export function putUint32(writer: Writer, at: number, value: number, field: string): void {
  writer.view.setUint32(at, checkedInteger(value, 0, 0xffff_ffff, field), writer.littleEndian);
}

/** Four bytes with a sign in the machine's order. */
export function putInt32(writer: Writer, at: number, value: number, field: string): void {
  writer.view.setInt32(at, checkedInteger(value, -0x8000_0000, 0x7fff_ffff, field), writer.littleEndian);
}

/** Eight bytes in the machine's order. */
export function putUint64(writer: Writer, at: number, value: bigint, field: string): void {
  if (typeof value !== "bigint" || value < 0n || value > 0xffff_ffff_ffff_ffffn) {
    throw new EncodeError(field, value, "a bigint from 0 to 2^64 - 1");
  }
  writer.view.setBigUint64(at, value, writer.littleEndian);
}

/** Two bytes in network order. */
export function putNetworkUint16(writer: Writer, at: number, value: number, field: string): void {
  writer.view.setUint16(at, checkedInteger(value, 0, 0xffff, field));
}

/** Four bytes in network order. */
export function putNetworkUint32(writer: Writer, at: number, value: number, field: string): void {
  writer.view.setUint32(at, checkedInteger(value, 0, 0xffff_ffff, field));
}

/** Bytes of a fixed size. */
export function putBytes(writer: Writer, at: number, value: Uint8Array, size: number, field: string): void {
  checkSize(value, size, field);
  writer.bytes.set(value, at);
}

/** Refuses what is not that many bytes. */
export function checkSize(value: Uint8Array, size: number, field: string): void {
  if (byteLength(value, field) !== size)
    throw new EncodeError(field, `${value.length} bytes`, `${size} bytes`);
}

/** The length of what must be bytes. */
export function byteLength(value: Uint8Array, field: string): number {
  if (!(value instanceof Uint8Array)) throw new EncodeError(field, typeof value, "a Uint8Array");
  return value.length;
}

function checkedInteger(value: number, minimum: number, maximum: number, field: string): number {
  if (!Number.isInteger(value) || value < minimum || value > maximum) {
    throw new EncodeError(field, value, `an integer from ${minimum} to ${maximum}`);
  }
  return value;
}
