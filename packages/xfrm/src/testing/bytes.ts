import type { Structure } from "../structure.ts";

/** Bytes of hexadecimal digits; blanks and line ends between them do not count. */
export function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.replace(/\s/g, "").match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
}

/** What a structure makes of bytes, and of nothing else. */
export function read<T>(structure: Structure<T>, bytes: Uint8Array, byteOrder: "little" | "big"): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const reader = { bytes, view, littleEndian: byteOrder === "little", problems: [] };
  return structure.decode(reader, 0, bytes.length);
}

/** The bytes that a structure makes of a value. */
export function write<T>(structure: Structure<T>, value: T, byteOrder: "little" | "big"): Uint8Array {
  const bytes = new Uint8Array(structure.size(value));
  structure.encode(
    { bytes, view: new DataView(bytes.buffer), littleEndian: byteOrder === "little" },
    0,
    value,
  );
  return bytes;
}

/** A message of that type with sequence 7 and port id 0x01020304. */
export function messageBytes(
  type: number,
  inside: Uint8Array,
  byteOrder: "little" | "big",
  flags: number,
): Uint8Array {
  const bytes = new Uint8Array(16 + inside.length);
  const view = new DataView(bytes.buffer);
  const littleEndian = byteOrder === "little";
  view.setUint32(0, bytes.length, littleEndian);
  view.setUint16(4, type, littleEndian);
  view.setUint16(6, flags, littleEndian);
  view.setUint32(8, 7, littleEndian);
  view.setUint32(12, 0x01020304, littleEndian);
  bytes.set(inside, 16);
  return bytes;
}
