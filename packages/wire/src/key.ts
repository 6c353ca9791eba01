/**
 * `struct sadb_key`, extensions 8 and 9 (RFC 2367 section 2.3.4).
 */
import type { ExtensionHeader } from "./extension.ts";
import { report, type Structure } from "./structure.ts";
import { byteLength, putBytes, putUint16 } from "./writer.ts";

const field = { bits: 4, reserved: 6, key: 8 } as const;

/** A key. Its bytes, padding included, are a secret: whoever holds the message last overwrites them. */
export interface KeyExtension extends ExtensionHeader {
  kind: "keyAuthentication" | "keyEncryption";
  bits: number;
  reserved: number;
  /** ceil(bits / 8) bytes. */
  key: Uint8Array;
}

export const key: Structure<KeyExtension> = {
  minimum: field.key,

  decode(reader, at, { kind, type, length }) {
    const { view, littleEndian } = reader;
    const bits = view.getUint16(at + field.bits, littleEndian);
    const room = length * 8 - field.key;
    if (bytesOf(bits) > room) {
      return report(
        reader,
        "key-bits",
        at + field.bits,
        `${kind} of ${bits} bits needs ${bytesOf(bits)} bytes and has ${room}`,
      );
    }
    return {
      kind,
      type,
      length,
      bits,
      reserved: view.getUint16(at + field.reserved, littleEndian),
      key: reader.bytes.slice(at + field.key, at + field.key + bytesOf(bits)),
    };
  },

  size: (extension) => field.key + byteLength(extension.key, "key.key"),

  encode(writer, at, extension) {
    putUint16(writer, at + field.bits, extension.bits, "key.bits");
    putUint16(writer, at + field.reserved, extension.reserved, "key.reserved");
    putBytes(writer, at + field.key, extension.key, bytesOf(extension.bits), "key.key");
  },
};

const bytesOf = (bits: number): number => Math.ceil(bits / 8);
