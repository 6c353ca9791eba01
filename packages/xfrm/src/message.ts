import type { Attribute, AttributeOf } from "./attribute.ts";
import type { AttributeKind, AttributeValues } from "./attribute-values.ts";
import type { MessageBodies, MessageType } from "./message-table.ts";
import type { NetlinkHeader } from "./netlink-header.ts";

/** What every message that could be read has. */
interface MessageParts extends NetlinkHeader {
  /** What lies between the body and the first attribute, where it is not the usual zeros up to a multiple of 4 bytes. */
  padding?: Uint8Array;
  /** In wire order. */
  attributes: readonly Attribute[];
  /** Bytes at the end that are no attributes, where there are any. */
  rest?: Uint8Array;
}

/** A message of that type. */
export type MessageOf<T extends MessageType> = { type: T } & MessageParts &
  (undefined extends MessageBodies[T]
    ? { body?: NonNullable<MessageBodies[T]> }
    : { body: NonNullable<MessageBodies[T]> });

/** A message of a type without a name, or whose body could not be read; written back unchanged. */
export interface RawMessage extends NetlinkHeader {
  /** The number of the type. */
  type: number;
  /** Everything after the header. */
  data: Uint8Array;
}

/** Any message of NETLINK_XFRM as plain data; `type` tells which. */
export type XfrmMessage = { [T in MessageType]: MessageOf<T> }[MessageType] | RawMessage;

/**
 * The value of the first attribute of that kind; undefined if there is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { attributeValue, decodeStrict, encode } from "@keysock/xfrm";
 *
 * const bytes = encode({
 *   type: "newSadInfo", flags: 0, sequence: 1, portId: 0, body: 0, attributes: [{ kind: "sadCnt", value: 7 }],
 * });
 * const message = decodeStrict(bytes);
 * assert.equal(message.type === "newSadInfo" && attributeValue(message, "sadCnt"), 7);
 * ```
 */
export function attributeValue<K extends AttributeKind>(
  message: { readonly attributes: readonly Attribute[] },
  kind: K,
): AttributeValues[K] | undefined {
  return message.attributes.find(
    (attribute): attribute is AttributeOf<K> & Attribute => attribute.kind === kind,
  )?.value;
}
