/**
 * `struct sadb_x_sec_ctx`, extension 24 (linux/pfkeyv2.h).
 */
import type { ExtensionHeader } from "./extension.ts";
import { report, type Structure } from "./structure.ts";
import { byteLength, putUint8, putUint16 } from "./writer.ts";

const field = { algorithm: 4, doi: 5, contextLength: 6, context: 8 } as const;

/** A security context, for example SELinux's. */
export interface SecurityContextExtension extends ExtensionHeader {
  kind: "securityContext";
  algorithm: number;
  /** Domain of interpretation. */
  doi: number;
  /** The text with its NUL, if it has one. */
  context: Uint8Array;
}

export const securityContext: Structure<SecurityContextExtension> = {
  minimum: field.context,

  decode(reader, at, { kind, type, length }) {
    const { view, littleEndian } = reader;
    const contextLength = view.getUint16(at + field.contextLength, littleEndian);
    const room = length * 8 - field.context;
    if (contextLength > room) {
      return report(
        reader,
        "security-context-length",
        at + field.contextLength,
        `a context of ${contextLength} bytes does not fit into ${room}`,
      );
    }
    return {
      kind,
      type,
      length,
      algorithm: view.getUint8(at + field.algorithm),
      doi: view.getUint8(at + field.doi),
      context: reader.bytes.slice(at + field.context, at + field.context + contextLength),
    };
  },

  size: (extension) => field.context + byteLength(extension.context, "securityContext.context"),

  encode(writer, at, extension) {
    const { context } = extension;
    putUint8(writer, at + field.algorithm, extension.algorithm, "securityContext.algorithm");
    putUint8(writer, at + field.doi, extension.doi, "securityContext.doi");
    putUint16(writer, at + field.contextLength, context.length, "securityContext.context.length");
    writer.bytes.set(context, at + field.context);
  },
};
