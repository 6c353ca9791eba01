import type { Dialect } from "./dialect.ts";
import { decodeExtensions } from "./extension.ts";
import { completedHeader, decodeDeclaredBytes, decodeHeader, headerBytes, type Message } from "./message.ts";
import type { Problem } from "./problem.ts";
import { type Reader, report } from "./structure.ts";

/** A message as far as it could be read, with what is wrong with it. */
export interface Decoded {
  /** What was decoded, not a copy. */
  bytes: Uint8Array;
  message: Message;
  /** In the order of their offsets; none in a message that is well formed. */
  problems: Problem[];
}

/** A message with something wrong with it, where only a faultless one would do. */
export class MalformedMessageError extends Error {
  override readonly name = "MalformedMessageError";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`"${problem.reason}" at byte ${problem.offset}: ${problem.detail}`);
    this.problem = problem;
  }
}

/**
 * Reads one message, as far as it can be read. It throws on no bytes whatever; what is wrong is in `problems`. An
 * extension that the dialect does not know, or whose inside cannot be read, is kept `raw`. All bytes in the message
 * are copies, so `bytes` can be overwritten afterwards, and so can the message's keys.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { decode, inByteOrder, linux } from "@keysock/wire";
 *
 * const bytes = Uint8Array.of(2, 5, 3, 3, 2, 0, 0, 0, 10, 0, 0, 0, 0xd2, 4, 0, 0);
 * const { message, problems } = decode(bytes, inByteOrder(linux, "little"));
 * assert.equal(message.type, "get");
 * assert.equal(message.errno, 3);
 * assert.deepEqual(problems, []);
 * ```
 */
export function decode(bytes: Uint8Array, dialect: Dialect): Decoded {
  const problems: Problem[] = [];
  const short = bytes.length < headerBytes;
  const reader = readerOf(short ? completedHeader(bytes) : bytes, problems, dialect);
  const message = decodeHeader(reader, dialect);
  if (short) {
    report(reader, "header-short", 0, `${bytes.length} bytes, expected at least ${headerBytes}`);
    return { bytes, message, problems };
  }
  if (message.version !== 2) report(reader, "version-unknown", 0, `version ${message.version}, expected 2`);
  const declared = decodeDeclaredBytes(reader);
  const end = Math.min(declared, bytes.length);
  if (declared < headerBytes) {
    report(reader, "message-length-short", 4, `length ${declared / 8}, expected at least ${headerBytes / 8}`);
  } else if (declared > bytes.length) {
    report(reader, "message-truncated", 4, `${bytes.length} bytes, expected ${declared}`);
  }
  message.extensions = decodeExtensions(reader, headerBytes, end, dialect);
  if (declared >= headerBytes && declared < bytes.length) {
    report(reader, "message-trailing-bytes", declared, `${bytes.length} bytes, expected ${declared}`);
  }
  return { bytes, message, problems };
}

/**
 * Reads one message that has nothing wrong with it.
 *
 * @throws {@link MalformedMessageError} with the first of the problems that {@link decode} gives.
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { decodeStrict, linux, MalformedMessageError } from "@keysock/wire";
 *
 * assert.throws(() => decodeStrict(new Uint8Array(15), linux), MalformedMessageError);
 * ```
 */
export function decodeStrict(bytes: Uint8Array, dialect: Dialect): Message {
  const { message, problems } = decode(bytes, dialect);
  if (problems[0] !== undefined) throw new MalformedMessageError(problems[0]);
  return message;
}

function readerOf(bytes: Uint8Array, problems: Problem[], dialect: Dialect): Reader {
  return {
    // Not a subclass such as Buffer, whose slice() is no copy.
    bytes:
      bytes.constructor === Uint8Array ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length),
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
    littleEndian: dialect.byteOrder === "little",
    sockaddr: dialect.tables.sockaddr,
    problems,
  };
}
