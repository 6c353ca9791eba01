/**
 * Attributes for which neither PF_KEY nor the xfrm extension has a place.
 */
import { linux, type XfrmAttribute, type XfrmExtension } from "@keysock/wire";
import { type Attribute, attributeSize, encodeAttribute } from "../attribute.ts";
import { xfrmAttributes } from "../attribute-tables.ts";
import type { AttributeKind } from "../attribute-values.ts";

const headerBytes = 4;

/** Has a place, or is no property of an SA or a policy but what has become of it. */
const elsewhere: ReadonlySet<AttributeKind | "raw"> = new Set<AttributeKind>([
  "algAuth",
  "algAuthTrunc",
  "algCrypt",
  "algAead",
  "algComp",
  "encap",
  "tmpl",
  "sa",
  "policy",
  "secCtx",
  "ltimeVal",
  "replayVal",
  "replayEsnVal",
  "replayThresh",
  "etimerThresh",
  "lastUsed",
  "policyType",
  "mark",
  "setMark",
  "setMarkMask",
  "ifId",
  "saExtraFlags",
  "saDir",
  "offloadDev",
  "tfcPad",
  "natKeepaliveInterval",
  "saPcpu",
  "pad",
]);

/** As they are for the xfrm extension. */
export function othersOf(attributes: readonly Attribute[]): Pick<XfrmExtension, "other"> {
  const other = attributes.filter(({ kind }) => !elsewhere.has(kind)).map(bytesOf);
  return other.length === 0 ? {} : { other };
}

/** As they are for the kernel. */
export const otherAttributes = ({ other = [] }: XfrmExtension): Attribute[] =>
  other.map(({ type, bytes }) => ({ kind: "raw", type, value: bytes }));

function bytesOf(attribute: Attribute): XfrmAttribute {
  const type = attribute.kind === "raw" ? attribute.type : xfrmAttributes.byKind.get(attribute.kind)!.type;
  const { padding, ...alone } = attribute;
  const size = attributeSize(alone, xfrmAttributes);
  const bytes = new Uint8Array(size);
  const writer = { bytes, view: new DataView(bytes.buffer), littleEndian: linux.byteOrder === "little" };
  encodeAttribute(writer, 0, alone, size, xfrmAttributes);
  return { type, bytes: bytes.subarray(headerBytes) };
}
