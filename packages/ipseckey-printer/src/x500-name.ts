/**
 * Names in DER (X.690) as text: distinguished names (X.501) as RFC 4514 writes them, and the kinds of general name
 * (RFC 5280 section 4.2.1.6) that hold one or are text.
 */
import { hexBytes } from "./hex.ts";

/** What DER calls the things that names are made of; what is not here is no name. */
const tag = {
  objectIdentifier: 0x06,
  sequence: 0x30,
  set: 0x31,
  rfc822Name: 0x81,
  dnsName: 0x82,
  directoryName: 0xa4,
  uniformResourceIdentifier: 0x86,
} as const;

/** Strings of one byte a character or of UTF-8; BMPString and UniversalString are shown in hexadecimal. */
const stringTags: ReadonlySet<number> = new Set([0x0c, 0x12, 0x13, 0x14, 0x16]);

/** RFC 4514 section 3. */
const attributeNames: ReadonlyMap<string, string> = new Map([
  ["2.5.4.3", "CN"],
  ["2.5.4.7", "L"],
  ["2.5.4.8", "ST"],
  ["2.5.4.10", "O"],
  ["2.5.4.11", "OU"],
  ["2.5.4.6", "C"],
  ["2.5.4.9", "STREET"],
  ["0.9.2342.19200300.100.1.25", "DC"],
  ["0.9.2342.19200300.100.1.1", "UID"],
]);

interface Value {
  tag: number;
  content: Uint8Array;
  /** With tag and length. */
  whole: Uint8Array;
}

/**
 * A distinguished or general name.
 *
 * @param data - DER, with whatever padding behind it
 * @returns undefined where it is neither, or not DER
 */
export function x500Name(data: Uint8Array): string | undefined {
  const value = readValue(data, 0);
  switch (value?.tag) {
    case tag.sequence:
      return distinguishedName(value);
    case tag.directoryName: {
      const name = readValue(value.content, 0);
      return name?.tag === tag.sequence ? distinguishedName(name) : undefined;
    }
    case tag.rfc822Name:
    case tag.dnsName:
    case tag.uniformResourceIdentifier:
      return escaped(value.content);
    default:
      return undefined;
  }
}

/** The last component first. */
function distinguishedName({ content }: Value): string | undefined {
  const components = valuesIn(content)?.map(component);
  if (components === undefined || components.length === 0) return undefined;
  return components.every((text) => text !== undefined) ? components.reverse().join(",") : undefined;
}

function component({ tag: its, content }: Value): string | undefined {
  if (its !== tag.set) return undefined;
  const attributes = valuesIn(content)?.map(attribute);
  return attributes?.every((text) => text !== undefined) ? attributes.join("+") : undefined;
}

function attribute({ tag: its, content }: Value): string | undefined {
  const [type, value, ...others] = (its === tag.sequence && valuesIn(content)) || [];
  if (type?.tag !== tag.objectIdentifier || value === undefined || others.length > 0) return undefined;
  const identifier = objectIdentifier(type.content);
  const name = attributeNames.get(identifier);
  const text =
    name !== undefined && stringTags.has(value.tag) ? escaped(value.content) : `#${hexBytes(value.whole)}`;
  return `${name ?? identifier}=${text}`;
}

/** Every value up to the end; undefined where they do not fill it. */
function valuesIn(bytes: Uint8Array): Value[] | undefined {
  const values: Value[] = [];
  for (let at = 0; at < bytes.length; ) {
    const value = readValue(bytes, at);
    if (value === undefined) return undefined;
    values.push(value);
    at += value.whole.length;
  }
  return values;
}

function readValue(bytes: Uint8Array, at: number): Value | undefined {
  const first = bytes[at + 1];
  if (first === undefined) return undefined;
  const more = first < 0x80 ? 0 : first - 0x80;
  if (more > 2) return undefined;
  const from = at + 2 + more;
  const length = more === 0 ? first : bytes.subarray(at + 2, from).reduce((sum, byte) => sum * 256 + byte, 0);
  const to = from + length;
  if (to > bytes.length) return undefined;
  return { tag: bytes[at]!, content: bytes.subarray(from, to), whole: bytes.subarray(at, to) };
}

function objectIdentifier(bytes: Uint8Array): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of bytes) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [first = 0, ...rest] = arcs;
  const root = Math.min(Math.floor(first / 40), 2);
  return [root, first - root * 40, ...rest].join(".");
}

/** RFC 4514 section 2.4; whatever is not printable ASCII in hexadecimal. */
function escaped(bytes: Uint8Array): string {
  const last = bytes.length - 1;
  return Array.from(bytes, (byte, i) => {
    const char = String.fromCharCode(byte);
    const atEdge = (char === " " && (i === 0 || i === last)) || (char === "#" && i === 0);
    if (atEdge || '"+,;<>\\'.includes(char)) return `\\${char}`;
    return byte >= 0x20 && byte < 0x7f ? char : `\\${hexBytes(Uint8Array.of(byte))}`;
  }).join("");
}
