/**
 * The values of the attributes of an {@link XfrmExtension}. Numbers are in the dialect's byte order, addresses in
 * network order; names are without NUL, one byte a character.
 */
import { EncodeError } from "./encode-error.ts";
import type { Reader } from "./structure.ts";
import { byteLength, putUint8, putUint16, putUint32, type Writer } from "./writer.ts";

/** How one value is read and written. */
export interface Attribute<V> {
  /** Undefined where `size` bytes are no such value. */
  decode(reader: Reader, at: number, size: number): V | undefined;
  size(value: V, field: string): number;
  encode(writer: Writer, at: number, value: V, field: string): void;
}

/** The traffic that an SA or a policy is for (`struct xfrm_selector`). */
export interface XfrmSelector {
  /** 4 or 16 bytes in network order, both the same; none where the selector is for every family. */
  source: Uint8Array;
  destination: Uint8Array;
  sourcePrefixLength: number;
  destinationPrefixLength: number;
  sourcePort: number;
  /** 0xffff where the port is meant, 0 where any is. */
  sourcePortMask: number;
  destinationPort: number;
  destinationPortMask: number;
  /** IP protocol; 0 is any. */
  protocol: number;
  /** 0 is any. */
  interfaceIndex: number;
  /** User id; 0 is any. */
  user: number;
}

/** What a policy's template has beyond PF_KEY's request (`struct xfrm_user_tmpl`). */
export interface XfrmTemplate {
  /** One of {@link XfrmMode}. */
  mode: number;
  /** XFRM_SHARE_*: 0 any, 1 session, 2 user, 3 unique. */
  share: number;
  /** 0 is any. */
  spi: number;
  /** Masks of the algorithms that will do; all ones are any. */
  authenticationAlgorithms: number;
  encryptionAlgorithms: number;
  compressionAlgorithms: number;
  /** 4 or 16 bytes in network order, both the same; none where the template has no addresses or the request has them. */
  source: Uint8Array;
  destination: Uint8Array;
}

/** One number. */
export const uint32: Attribute<number> = {
  decode: ({ view, littleEndian }, at, size) => (size === 4 ? view.getUint32(at, littleEndian) : undefined),
  size: () => 4,
  encode: putUint32,
};

/** Numbers by their names, in that order. */
export function uint32s<N extends string>(...names: readonly N[]): Attribute<Record<N, number>> {
  return {
    decode: (reader, at, size) => (size === names.length * 4 ? numbersOf(reader, at, names) : undefined),
    size: () => names.length * 4,
    encode: (writer, at, value, field) => putNumbers(writer, at, value, names, field),
  };
}

/** Numbers by their names, then a name to the end. */
export function named<N extends string = never>(
  ...names: readonly N[]
): Attribute<Record<N, number> & { name: string }> {
  const start = names.length * 4;
  return {
    decode(reader, at, size) {
      if (size < start) return undefined;
      const name = String.fromCharCode(...reader.bytes.subarray(at + start, at + size));
      return { name, ...numbersOf(reader, at, names) };
    },
    size: ({ name }) => start + name.length,
    encode(writer, at, value, field) {
      putNumbers(writer, at, value, names, field);
      for (let i = 0; i < value.name.length; i++) {
        putUint8(writer, at + start + i, value.name.charCodeAt(i), `${field}.name`);
      }
    },
  };
}

const nameAlone = named();

/** Text to the end. */
export const text: Attribute<string> = {
  decode: (reader, at, size) => nameAlone.decode(reader, at, size)?.name,
  size: (name, field) => nameAlone.size({ name }, field),
  encode: (writer, at, name, field) => nameAlone.encode(writer, at, { name }, field),
};

/** One address. */
export const address: Attribute<Uint8Array> = {
  decode: ({ bytes }, at, size) => (size === 4 || size === 16 ? bytes.slice(at, at + size) : undefined),
  size(value, field) {
    const size = byteLength(value, field);
    if (size === 4 || size === 16) return size;
    throw new EncodeError(field, `${size} bytes`, "4 or 16 bytes");
  },
  encode: (writer, at, value) => writer.bytes.set(value, at),
};

const selectorShorts = [
  "sourcePrefixLength",
  "destinationPrefixLength",
  "sourcePort",
  "sourcePortMask",
  "destinationPort",
  "destinationPortMask",
] as const;
const selectorNumbers = ["protocol", "interfaceIndex", "user"] as const;
const selectorStart = selectorShorts.length * 2 + selectorNumbers.length * 4;

/** Prefix lengths and ports of 16 bits, numbers of 32, then the two addresses. */
export const selector: Attribute<XfrmSelector> = {
  decode(reader, at, size) {
    const each = (size - selectorStart) / 2;
    if (!pairSizes.includes(each)) return undefined;
    const shorts = selectorShorts.map((name, i) => [
      name,
      reader.view.getUint16(at + i * 2, reader.littleEndian),
    ]);
    return {
      ...pairOf(reader, at + selectorStart, each),
      ...(Object.fromEntries(shorts) as Record<(typeof selectorShorts)[number], number>),
      ...numbersOf(reader, at + selectorShorts.length * 2, selectorNumbers),
    };
  },
  size: ({ source, destination }, field) => selectorStart + pairBytes(source, destination, field),
  encode(writer, at, value, field) {
    for (const [i, name] of selectorShorts.entries()) {
      putUint16(writer, at + i * 2, value[name], `${field}.${name}`);
    }
    putNumbers(writer, at + selectorShorts.length * 2, value, selectorNumbers, field);
    putPair(writer, at + selectorStart, value);
  },
};

const templateNumbers = [
  "mode",
  "share",
  "spi",
  "authenticationAlgorithms",
  "encryptionAlgorithms",
  "compressionAlgorithms",
] as const;
const templateStart = 4 + templateNumbers.length * 4;

/** Each one: the bytes of an address, the numbers, then the two addresses. */
export const templates: Attribute<readonly XfrmTemplate[]> = {
  decode(reader, at, size) {
    const found: XfrmTemplate[] = [];
    const end = at + size;
    let next = at;
    while (next < end) {
      if (end - next < templateStart) return undefined;
      const each = reader.view.getUint32(next, reader.littleEndian);
      if (!pairSizes.includes(each) || end - next < templateStart + 2 * each) return undefined;
      found.push({
        ...numbersOf(reader, next + 4, templateNumbers),
        ...pairOf(reader, next + templateStart, each),
      });
      next += templateStart + 2 * each;
    }
    return found;
  },
  size: (value, field) => value.reduce((size, template) => size + templateSize(template, field), 0),
  encode(writer, at, value, field) {
    let next = at;
    for (const template of value) {
      putUint32(writer, next, template.source.length, field);
      putNumbers(writer, next + 4, template, templateNumbers, field);
      putPair(writer, next + templateStart, template);
      next += templateSize(template, field);
    }
  },
};

const templateSize = ({ source, destination }: XfrmTemplate, field: string): number =>
  templateStart + pairBytes(source, destination, field);

const pairSizes: readonly number[] = [0, 4, 16];

/** The size of both. */
function pairBytes(source: Uint8Array, destination: Uint8Array, field: string): number {
  const sizes = [
    byteLength(source, `${field}.source`),
    byteLength(destination, `${field}.destination`),
  ] as const;
  if (!pairSizes.includes(sizes[0]) || sizes[0] !== sizes[1]) {
    throw new EncodeError(`${field} addresses`, `${sizes.join(" and ")} bytes`, "twice 0, 4 or 16 bytes");
  }
  return 2 * sizes[0];
}

const pairOf = (
  { bytes }: Reader,
  at: number,
  each: number,
): { source: Uint8Array; destination: Uint8Array } => ({
  source: bytes.slice(at, at + each),
  destination: bytes.slice(at + each, at + 2 * each),
});

function putPair(
  writer: Writer,
  at: number,
  { source, destination }: { source: Uint8Array; destination: Uint8Array },
): void {
  writer.bytes.set(source, at);
  writer.bytes.set(destination, at + source.length);
}

function numbersOf<N extends string>(
  { view, littleEndian }: Reader,
  at: number,
  names: readonly N[],
): Record<N, number> {
  return Object.fromEntries(
    names.map((name, i) => [name, view.getUint32(at + i * 4, littleEndian)]),
  ) as Record<N, number>;
}

function putNumbers<N extends string>(
  writer: Writer,
  at: number,
  values: Readonly<Record<N, number>>,
  names: readonly N[],
  field: string,
): void {
  for (const [i, name] of names.entries()) putUint32(writer, at + i * 4, values[name], `${field}.${name}`);
}
