import { type ByteOrder, linux } from "@keysock/wire";
import { type Attribute, decodeAttributes } from "./attribute.ts";
import type { XfrmMessage } from "./message.ts";
import { bodyStructure, type MessageRow, type MessageType, rowOfNumber } from "./message-table.ts";
import {
  completedHeader,
  decodeHeader,
  decodeLength,
  decodeType,
  headerBytes,
  type NetlinkHeader,
} from "./netlink-header.ts";
import type { Problem } from "./problem.ts";
import { align4, type Reader, report, unusualPadding } from "./structure.ts";

/** A message as far as it could be read, with what is wrong with it. */
export interface Decoded {
  /** What was decoded, not a copy. */
  bytes: Uint8Array;
  message: XfrmMessage;
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
 * Reads one message, as far as it can be read. It throws on no bytes whatever; what is wrong is in `problems`. A
 * message or an attribute without a name, or whose inside cannot be read, is kept as it is. All bytes in the message are
 * copies, so `bytes` can be overwritten afterwards, and so can the message's keys. The byte order is the machine's unless
 * given.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { decode } from "@keysock/xfrm";
 *
 * const bytes = Uint8Array.of(20, 0, 0, 0, 3, 0, 2, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0xea, 0xff, 0xff, 0xff);
 * const { message, problems } = decode(bytes, "little");
 * assert.deepEqual(message, {
 *   type: "done", flags: 2, sequence: 7, portId: 0, body: { errno: 22 }, attributes: [],
 * });
 * assert.deepEqual(problems, []);
 * ```
 */
export function decode(bytes: Uint8Array, byteOrder: ByteOrder = linux.byteOrder): Decoded {
  const problems: Problem[] = [];
  const short = bytes.length < headerBytes;
  const reader = readerOf(short ? completedHeader(bytes) : bytes, problems, byteOrder);
  const header = decodeHeader(reader);
  const type = decodeType(reader);
  const declared = decodeLength(reader.view, 0, reader.littleEndian);
  const end = Math.max(headerBytes, Math.min(declared, bytes.length));
  if (short) {
    report(reader, "header-short", 0, `${bytes.length} bytes, expected at least ${headerBytes}`);
  } else if (declared < headerBytes) {
    report(reader, "message-length-short", 0, `length ${declared}, expected at least ${headerBytes}`);
  } else if (declared > bytes.length) {
    report(reader, "message-truncated", 0, `${bytes.length} bytes, expected ${declared}`);
  }
  const row = declared < headerBytes || short ? undefined : rowOfNumber.get(type);
  const message = (row && decodeKnown(reader, end, header, row)) ?? {
    type,
    ...header,
    data: reader.bytes.slice(headerBytes, end),
  };
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
 * import { decodeStrict, MalformedMessageError } from "@keysock/xfrm";
 *
 * assert.throws(() => decodeStrict(new Uint8Array(15)), MalformedMessageError);
 * ```
 */
export function decodeStrict(bytes: Uint8Array, byteOrder: ByteOrder = linux.byteOrder): XfrmMessage {
  const { message, problems } = decode(bytes, byteOrder);
  if (problems[0] !== undefined) throw new MalformedMessageError(problems[0]);
  return message;
}

function decodeKnown(
  reader: Reader,
  end: number,
  { flags, sequence, portId }: NetlinkHeader,
  row: MessageRow,
): XfrmMessage | undefined {
  const { type } = row;
  const structure = bodyStructure(row, flags);
  const attributes: Attribute[] = [];
  if (structure === undefined) {
    const message = { type, flags, sequence, portId, attributes };
    return decodeTail(reader, headerBytes, end, row, message);
  }
  if (end - headerBytes < structure.minimum) {
    return report(
      reader,
      "body-short",
      headerBytes,
      `${type} has ${end - headerBytes} bytes, expected at least ${structure.minimum}`,
    );
  }
  const body = structure.decode(reader, headerBytes, end);
  const bodyEnd = headerBytes + structure.size(body);
  const message = { type, flags, sequence, portId, body, attributes };
  return decodeTail(reader, bodyEnd, end, row, message);
}

/** A message whose body is read. */
interface Unfinished extends NetlinkHeader {
  type: MessageType;
  body?: unknown;
  padding?: Uint8Array;
  attributes: Attribute[];
  rest?: Uint8Array;
}

/** Adds what follows the body. */
function decodeTail(
  reader: Reader,
  at: number,
  end: number,
  row: MessageRow,
  message: Unfinished,
): XfrmMessage {
  const first = Math.min(align4(at), end);
  const padding = unusualPadding(reader.bytes, at, first);
  if (padding !== undefined) message.padding = padding;
  const rest = decodeAttributes(reader, first, end, row.attributes, message.attributes);
  if (rest < end) message.rest = reader.bytes.slice(rest, end);
  return message as XfrmMessage;
}

function readerOf(bytes: Uint8Array, problems: Problem[], byteOrder: ByteOrder): Reader {
  return {
    // Not a subclass such as Buffer, whose slice() is no copy.
    bytes:
      bytes.constructor === Uint8Array ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length),
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
    littleEndian: byteOrder === "little",
    problems,
  };
}
