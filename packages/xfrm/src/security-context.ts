/**
 * `struct xfrm_user_sec_ctx` (linux/xfrm.h).
 */
import { report, type Structure } from "./structure.ts";
import { byteLength, putUint8, putUint16 } from "./writer.ts";

const field = { length: 0, extensionType: 2, algorithm: 4, doi: 5, contextLength: 6, context: 8 } as const;

/** The number of the attribute, which the structure repeats. */
const usualExtensionType = 8;

/** A security context, for example SELinux's. */
export interface SecurityContext {
  /** Bytes of the structure and the text, where it says something else than they are. */
  length?: number;
  /** Where it is not 8, the number of the attribute. */
  extensionType?: number;
  algorithm: number;
  /** Domain of interpretation. */
  doi: number;
  /** The text with its NUL, if it has one. */
  context: Uint8Array;
}

export const securityContext: Structure<SecurityContext> = {
  minimum: field.context,

  decode(reader, at, end) {
    const { view, littleEndian } = reader;
    const contextLength = view.getUint16(at + field.contextLength, littleEndian);
    const room = end - at - field.context;
    if (contextLength > room) {
      return report(
        reader,
        "security-context-length",
        at + field.contextLength,
        `a context of ${contextLength} bytes does not fit into ${room}`,
      );
    }
    const value: SecurityContext = {
      algorithm: view.getUint8(at + field.algorithm),
      doi: view.getUint8(at + field.doi),
      context: reader.bytes.slice(at + field.context, at + field.context + contextLength),
    };
    const length = view.getUint16(at + field.length, littleEndian);
    if (length !== field.context + contextLength) value.length = length;
    const extensionType = view.getUint16(at + field.extensionType, littleEndian);
    if (extensionType !== usualExtensionType) value.extensionType = extensionType;
    return value;
  },

  size: ({ context }) => field.context + byteLength(context, "securityContext.context"),

  encode(writer, at, value) {
    const { context, extensionType = usualExtensionType, length = field.context + context.length } = value;
    putUint16(writer, at + field.length, length, "securityContext.length");
    putUint16(writer, at + field.extensionType, extensionType, "securityContext.extensionType");
    putUint8(writer, at + field.algorithm, value.algorithm, "securityContext.algorithm");
    putUint8(writer, at + field.doi, value.doi, "securityContext.doi");
    putUint16(writer, at + field.contextLength, context.length, "securityContext.context.length");
    writer.bytes.set(context, at + field.context);
  },
};
