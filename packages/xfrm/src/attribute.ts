/**
 * `struct nlattr` (linux/netlink.h): an attribute, and the attributes of a message.
 */
import { EncodeError } from "@keysock/wire";
import type { AttributeRow, AttributeTable } from "./attribute-tables.ts";
import type { AttributeKind, AttributeValues } from "./attribute-values.ts";
import { raw } from "./scalar.ts";
import { align4, type Reader, report, type Structure, unusualPadding } from "./structure.ts";
import { byteLength, putUint16, type Writer } from "./writer.ts";

const field = { length: 0, type: 2, value: 4 } as const;

/** What any attribute may have. */
interface AttributeEnd {
  /** What follows the value and belongs to the attribute, where there is something. */
  rest?: Uint8Array;
  /** What lies between this attribute and the next, where it is not the usual zeros up to a multiple of 4 bytes. */
  padding?: Uint8Array;
}

/** An attribute of that kind. */
export type AttributeOf<K extends AttributeKind> = { kind: K; value: AttributeValues[K] } & AttributeEnd;

/** An attribute without a name, or whose inside could not be read; written back unchanged. */
export interface RawAttribute extends AttributeEnd {
  kind: "raw";
  type: number;
  /** A secret where the attribute is an algorithm with its key. */
  value: Uint8Array;
}

/** Any attribute; `kind` tells which. */
export type Attribute = { [K in AttributeKind]: AttributeOf<K> }[AttributeKind] | RawAttribute;

/** Every attribute from `at` on, or up to the first one whose length cannot be; gives where that is, or the end. */
export function decodeAttributes(
  reader: Reader,
  at: number,
  end: number,
  table: AttributeTable,
  attributes: Attribute[],
): number {
  const { bytes, view, littleEndian } = reader;
  const seen = new Set<number>();
  let next = at;
  while (next < end) {
    const room = end - next;
    if (room < field.value) {
      report(reader, "attribute-header-short", next, `${room} bytes, expected at least ${field.value}`);
      return next;
    }
    const length = view.getUint16(next + field.length, littleEndian);
    const type = view.getUint16(next + field.type, littleEndian);
    if (length < field.value) {
      report(
        reader,
        "attribute-length-short",
        next,
        `attribute ${type} has length ${length}, expected at least ${field.value}`,
      );
      return next;
    }
    if (length > room) {
      report(
        reader,
        "attribute-past-end",
        next,
        `attribute ${type} has ${length} bytes, expected at most ${room}`,
      );
      return next;
    }
    const row = table.byType.get(type);
    if (row !== undefined && row.kind !== "pad") {
      if (seen.has(type)) report(reader, "attribute-duplicate", next, `a second ${row.kind}, expected one`);
      seen.add(type);
    }
    const value = next + field.value;
    const valueEnd = next + length;
    const attribute: Attribute = (row && decodeKnown(reader, value, valueEnd, row)) ?? {
      kind: "raw",
      type,
      value: bytes.slice(value, valueEnd),
    };
    next = Math.min(align4(valueEnd), end);
    const padding = unusualPadding(bytes, valueEnd, next);
    if (padding !== undefined) attribute.padding = padding;
    attributes.push(attribute);
  }
  return end;
}

function decodeKnown(reader: Reader, at: number, end: number, row: AttributeRow): Attribute | undefined {
  const { kind } = row;
  const structure: Structure<unknown> = row.structure;
  if (end - at < structure.minimum) {
    return report(
      reader,
      "attribute-too-short",
      at - field.value,
      `${kind} has ${end - at} bytes, expected at least ${structure.minimum}`,
    );
  }
  const value = structure.decode(reader, at, end);
  if (value === undefined) return undefined;
  const attribute = { kind, value } as Attribute;
  const valueEnd = at + structure.size(value);
  if (valueEnd < end) attribute.rest = reader.bytes.slice(valueEnd, end);
  return attribute;
}

/** Bytes of the attribute on the wire without what follows it. */
export function attributeSize(attribute: Attribute, table: AttributeTable): number {
  const { value, rest } = attribute;
  const size = field.value + structureOf(attribute, table).structure.size(value);
  return rest === undefined ? size : size + byteLength(rest, "attribute.rest");
}

/** Bytes between the attribute that ends at `end` and the next one. */
export function attributePadding({ padding }: Attribute, end: number): number {
  return padding === undefined ? align4(end) - end : byteLength(padding, "attribute.padding");
}

/** Writes an attribute of `size` bytes, as many as {@link attributeSize} said. */
export function encodeAttribute(
  writer: Writer,
  at: number,
  attribute: Attribute,
  size: number,
  table: AttributeTable,
): void {
  if (at % 4 !== 0) {
    throw new EncodeError("attribute.padding", `byte ${at}`, "the next attribute at a multiple of 4");
  }
  const { type, structure } = structureOf(attribute, table);
  const { value, rest, padding } = attribute;
  putUint16(writer, at + field.length, size, "attribute length");
  putUint16(writer, at + field.type, type, "attribute.type");
  structure.encode(writer, at + field.value, value);
  if (rest !== undefined) writer.bytes.set(rest, at + size - rest.length);
  if (padding !== undefined) writer.bytes.set(padding, at + size);
}

function structureOf(
  attribute: Attribute,
  table: AttributeTable,
): { type: number; structure: Structure<unknown> } {
  if (attribute.kind === "raw") return { type: attribute.type, structure: raw };
  const row = table.byKind.get(attribute.kind);
  if (row === undefined) {
    throw new EncodeError("attribute.kind", attribute.kind, "a kind that goes with the type of the message");
  }
  return row;
}
