import { type ByteOrder, EncodeError, linux } from "@keysock/wire";
import { attributePadding, attributeSize, encodeAttribute } from "./attribute.ts";
import type { RawMessage, XfrmMessage } from "./message.ts";
import { bodyStructure, rowOfType } from "./message-table.ts";
import { encodeHeader, headerBytes } from "./netlink-header.ts";
import { align4 } from "./structure.ts";
import { byteLength, type Writer } from "./writer.ts";

/**
 * Writes one message, a multiple of 4 bytes unless its `padding` says otherwise, so that messages can be sent one after
 * the other. The bytes may hold keys: whoever sends them overwrites them afterwards. The byte order is the machine's
 * unless given.
 *
 * @throws {@link EncodeError} of `@keysock/wire` if a value does not fit its field, or an attribute does not go with the type.
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { encode, NetlinkFlag } from "@keysock/xfrm";
 *
 * const flags = NetlinkFlag.request | NetlinkFlag.ack;
 * assert.deepEqual(
 *   encode({ type: "flushSa", flags, sequence: 7, portId: 0, body: { protocol: 50 }, attributes: [] }, "little"),
 *   Uint8Array.of(20, 0, 0, 0, 0x1c, 0, 5, 0, 7, 0, 0, 0, 0, 0, 0, 0, 50, 0, 0, 0),
 * );
 * ```
 */
export function encode(message: XfrmMessage, byteOrder: ByteOrder = linux.byteOrder): Uint8Array {
  if (isRaw(message)) return encodeRaw(message, byteOrder);
  const { type, body, padding, attributes, rest } = message;
  const row = rowOfType.get(type);
  if (row === undefined) throw new EncodeError("message.type", type, "the name or the number of a message");
  const structure = bodyStructure(row, message.flags);
  if ((structure === undefined) !== (body === undefined)) {
    throw new EncodeError("message.body", typeof body, structure === undefined ? "none" : `one for ${type}`);
  }

  const bodyEnd = headerBytes + (structure === undefined ? 0 : structure.size(body));
  const first = padding === undefined ? align4(bodyEnd) : bodyEnd + byteLength(padding, "message.padding");
  const sizes: number[] = [];
  let end = first;
  for (const attribute of attributes) {
    const size = attributeSize(attribute, row.attributes);
    sizes.push(size);
    end += size + attributePadding(attribute, end + size);
  }
  const restBytes = rest === undefined ? 0 : byteLength(rest, "message.rest");

  const writer = writerOf(end + restBytes, byteOrder);
  encodeHeader(writer, row.number, message);
  structure?.encode(writer, headerBytes, body);
  if (padding !== undefined) writer.bytes.set(padding, bodyEnd);
  let at = first;
  for (const [i, attribute] of attributes.entries()) {
    const size = sizes[i]!;
    encodeAttribute(writer, at, attribute, size, row.attributes);
    at += size + attributePadding(attribute, at + size);
  }
  if (rest !== undefined) {
    if (end % 4 !== 0) throw new EncodeError("message.rest", `byte ${end}`, "a multiple of 4 before it");
    writer.bytes.set(rest, end);
  }
  return writer.bytes;
}

const isRaw = (message: XfrmMessage): message is RawMessage => typeof message.type === "number";

function encodeRaw(message: RawMessage, byteOrder: ByteOrder): Uint8Array {
  const writer = writerOf(headerBytes + byteLength(message.data, "message.data"), byteOrder);
  encodeHeader(writer, message.type, message);
  writer.bytes.set(message.data, headerBytes);
  return writer.bytes;
}

function writerOf(size: number, byteOrder: ByteOrder): Writer {
  const bytes = new Uint8Array(size);
  return { bytes, view: new DataView(bytes.buffer), littleEndian: byteOrder === "little" };
}
