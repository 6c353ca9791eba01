/**
 * Attributes that are one number, nothing but there, bytes, or text.
 */
import { EncodeError } from "@keysock/wire";
import { type FixedStructure, report, type Structure } from "./structure.ts";
import { byteLength, putUint8, putUint16, putUint32, putUint64 } from "./writer.ts";

export const uint8: FixedStructure<number> = {
  minimum: 1,
  decode: ({ view }, at) => view.getUint8(at),
  size: () => 1,
  encode: (writer, at, value) => putUint8(writer, at, value, "value"),
};

export const uint16: FixedStructure<number> = {
  minimum: 2,
  decode: ({ view, littleEndian }, at) => view.getUint16(at, littleEndian),
  size: () => 2,
  encode: (writer, at, value) => putUint16(writer, at, value, "value"),
};

export const uint32: FixedStructure<number> = {
  minimum: 4,
  decode: ({ view, littleEndian }, at) => view.getUint32(at, littleEndian),
  size: () => 4,
  encode: (writer, at, value) => putUint32(writer, at, value, "value"),
};

export const uint64: FixedStructure<bigint> = {
  minimum: 8,
  decode: ({ view, littleEndian }, at) => view.getBigUint64(at, littleEndian),
  size: () => 8,
  encode: (writer, at, value) => putUint64(writer, at, value, "value"),
};

export const flag: FixedStructure<true> = {
  minimum: 0,
  decode: () => true,
  size: () => 0,
  encode(_writer, _at, value) {
    if (value !== true) throw new EncodeError("value", value, "true, or no such attribute");
  },
};

export const raw: Structure<Uint8Array> = {
  minimum: 0,
  decode: ({ bytes }, at, end) => bytes.slice(at, end),
  size: (value) => byteLength(value, "value"),
  encode: (writer, at, value) => writer.bytes.set(value, at),
};

/** Text that a NUL ends; one byte a character. */
export const text: Structure<string> = {
  minimum: 0,

  decode(reader, at, end) {
    let value = "";
    for (let i = at; i < end; i++) {
      if (reader.bytes[i] === 0) return value;
      value += String.fromCharCode(reader.bytes[i]!);
    }
    return report(reader, "text-unterminated", at, `${end - at} bytes without a NUL`);
  },

  size: (value) => value.length + 1,

  encode(writer, at, value) {
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      if (code === 0 || code > 0xff) throw new EncodeError("value", value, "Latin-1 without NUL");
      writer.bytes[at + i] = code;
    }
  },
};
