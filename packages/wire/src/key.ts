/**
 * `struct sadb_key`, extensions 8 and 9 (RFC 2367 section 2.3.4); on illumos also 28, STR_AUTH (net/pfkeyv2.h).
 */
import { EncodeError } from "./encode-error.ts";
import type { ExtensionHeader } from "./extension.ts";
import { endOf, report, type Structure } from "./structure.ts";
import { byteLength, putBytes, putUint16 } from "./writer.ts";

const field = { bits: 4, reserved: 6, key: 8 } as const;

/** A key. Its bytes, padding and salt included, are a secret: whoever holds the message last overwrites them. */
export interface KeyExtension extends ExtensionHeader {
  /** `stringAuthentication` is a key of text. */
  kind: "keyAuthentication" | "keyEncryption" | "stringAuthentication";
  bits: number;
  /** On illumos the bits of salt. A request counts them in `bits` and ends `key` with them; a reply does not. */
  reserved: number;
  /** ceil(bits / 8) bytes. */
  key: Uint8Array;
  /** On illumos the ceil(reserved / 8) bytes after the key, where there are any and the extension has room for them. */
  salt?: Uint8Array;
}

/** A key with no salt, whatever its reserved field says. */
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
    const { bits, salt } = extension;
    if (salt !== undefined) {
      throw new EncodeError(
        "key.salt",
        `${byteLength(salt, "key.salt")} bytes`,
        "none, as the dialect has no such field",
      );
    }
    putUint16(writer, at + field.bits, bits, "key.bits");
    putUint16(writer, at + field.reserved, extension.reserved, "key.reserved");
    putBytes(writer, at + field.key, extension.key, bytesOf(bits), "key.key");
  },
};

/** A key whose reserved field is the bits of its salt. */
export const saltedKey: Structure<KeyExtension> = {
  minimum: key.minimum,

  decode(reader, at, head) {
    const extension = key.decode(reader, at, head);
    if (extension === undefined || extension.reserved === 0) return extension;
    const from = at + field.key + extension.key.length;
    const to = from + bytesOf(extension.reserved);
    if (to <= endOf(at, head.length)) extension.salt = reader.bytes.slice(from, to);
    return extension;
  },

  size(extension, sockaddr) {
    const { salt } = extension;
    return key.size(extension, sockaddr) + (salt === undefined ? 0 : byteLength(salt, "key.salt"));
  },

  encode(writer, at, { salt, ...unsalted }) {
    key.encode(writer, at, unsalted);
    if (salt === undefined) return;
    const from = at + field.key + unsalted.key.length;
    putBytes(writer, from, salt, bytesOf(unsalted.reserved), "key.salt");
  },
};

const bytesOf = (bits: number): number => Math.ceil(bits / 8);
