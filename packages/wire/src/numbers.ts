import type { Dialect } from "./dialect.ts";
import { EncodeError } from "./encode-error.ts";
import type { MessageType, SaType } from "./message.ts";
import { checkedUint } from "./writer.ts";

/**
 * The dialect's number of a message type; a number is given back as it is.
 *
 * @throws {@link EncodeError} if the dialect has no number for that name, or the number does not fit a byte.
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { linux, messageTypeNumber } from "@keysock/wire";
 *
 * assert.equal(messageTypeNumber("spdadd", linux), 14);
 * ```
 */
export function messageTypeNumber(type: MessageType | number, dialect: Dialect): number {
  return numberOf(type, dialect.tables.messageTypes.numbers, "message.type", dialect);
}

/**
 * The dialect's name of a message type, or the number itself where it has none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { linux, messageTypeName } from "@keysock/wire";
 *
 * assert.equal(messageTypeName(14, linux), "spdadd");
 * assert.equal(messageTypeName(200, linux), 200);
 * ```
 */
export function messageTypeName(type: number, dialect: Dialect): MessageType | number {
  return dialect.tables.messageTypes.names.get(type) ?? type;
}

/**
 * The dialect's number of a security association type; a number is given back as it is.
 *
 * @throws {@link EncodeError} if the dialect has no number for that name, or the number does not fit a byte.
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { linux, saTypeNumber } from "@keysock/wire";
 *
 * assert.equal(saTypeNumber("esp", linux), 3);
 * ```
 */
export function saTypeNumber(saType: SaType | number, dialect: Dialect): number {
  return numberOf(saType, dialect.tables.saTypes.numbers, "message.saType", dialect);
}

/**
 * The dialect's name of a security association type, or the number itself where it has none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { linux, saTypeName } from "@keysock/wire";
 *
 * assert.equal(saTypeName(3, linux), "esp");
 * assert.equal(saTypeName(4, linux), 4);
 * ```
 */
export function saTypeName(saType: number, dialect: Dialect): SaType | number {
  return dialect.tables.saTypes.names.get(saType) ?? saType;
}

function numberOf<Name extends string>(
  name: Name | number,
  numbers: ReadonlyMap<Name, number>,
  field: string,
  dialect: Dialect,
): number {
  if (typeof name === "number") return checkedUint(name, 0xff, field);
  const number = numbers.get(name);
  if (number === undefined)
    throw new EncodeError(field, name, `a name that ${dialect.name} has a number for`);
  return number;
}
