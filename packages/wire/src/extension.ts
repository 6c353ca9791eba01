import type { AddressExtension } from "./address.ts";
import type { Dialect, ExtensionRow } from "./dialect.ts";
import { EncodeError } from "./encode-error.ts";
import type { ExtendedDumpExtension } from "./extended-dump.ts";
import type { ExtendedProposalExtension } from "./extended-proposal.ts";
import type { ExtendedRegisterExtension } from "./extended-register.ts";
import type { FilterExtension } from "./filter.ts";
import type { IdentityExtension } from "./identity.ts";
import type { KeyExtension } from "./key.ts";
import type { KmAddressExtension } from "./km-address.ts";
import type { KmCookieExtension } from "./km-cookie.ts";
import type { KmPrivateExtension } from "./km-private.ts";
import type { LifetimeExtension } from "./lifetime.ts";
import type { NatTPortExtension, NatTTypeExtension } from "./nat-t.ts";
import type { PairExtension } from "./pair.ts";
import type { PolicyExtension } from "./policy.ts";
import type { ProposalExtension } from "./proposal.ts";
import { type RawExtension, raw } from "./raw.ts";
import type { ReplayValueExtension } from "./replay-value.ts";
import type { SaExtension } from "./sa.ts";
import type { Sa2Extension } from "./sa2.ts";
import type { SecurityContextExtension } from "./security-context.ts";
import type { SensitivityExtension } from "./sensitivity.ts";
import type { SpiRangeExtension } from "./spi-range.ts";
import { align8, type Reader, report, unusualPadding } from "./structure.ts";
import type { SupportedExtension } from "./supported.ts";
import { byteLength, checkedUint, putUint16, type Writer } from "./writer.ts";
import type { XfrmExtension } from "./xfrm.ts";

const field = { length: 0, type: 2 } as const;

/** Bytes of `struct sadb_ext`. */
const headerBytes = 4;

/** What every extension has: `struct sadb_ext` (RFC 2367 section 2.3) and room to spare. */
export interface ExtensionHeader {
  /** The extension's number in the dialect that it was decoded with. */
  type: number;
  /** In units of 8 bytes, this header included. */
  length: number;
  /** What follows the structure, where it is not the usual zeros up to a multiple of 8 bytes. */
  padding?: Uint8Array;
}

/** Any extension; `kind` tells which. */
export type Extension =
  | SaExtension
  | LifetimeExtension
  | AddressExtension
  | KeyExtension
  | IdentityExtension
  | SensitivityExtension
  | ProposalExtension
  | SupportedExtension
  | SpiRangeExtension
  | KmPrivateExtension
  | PolicyExtension
  | Sa2Extension
  | NatTTypeExtension
  | NatTPortExtension
  | SecurityContextExtension
  | KmAddressExtension
  | FilterExtension
  | ExtendedRegisterExtension
  | ExtendedProposalExtension
  | KmCookieExtension
  | PairExtension
  | ReplayValueExtension
  | ExtendedDumpExtension
  | XfrmExtension
  | RawExtension;

/** An extension to be sent: number and length are the dialect's unless given. A raw one must state its number. */
export type OutgoingExtension = Outgoing<Extension>;

/** What of `E` must be given to send it. */
export type Outgoing<E> = E extends RawExtension
  ? Omit<E, "length"> & Partial<Pick<E, "length">>
  : E extends ExtensionHeader
    ? Omit<E, keyof ExtensionHeader> & Partial<ExtensionHeader>
    : never;

/** Every extension from `at` to `end`, or up to the first one whose length cannot be. */
export function decodeExtensions(reader: Reader, at: number, end: number, dialect: Dialect): Extension[] {
  const { view, littleEndian } = reader;
  const extensions: Extension[] = [];
  const seen = new Set<number>();
  let next = at;
  while (next < end) {
    const room = end - next;
    if (room < headerBytes) {
      report(reader, "extension-header-short", next, `${room} bytes, expected at least ${headerBytes}`);
      break;
    }
    const length = view.getUint16(next + field.length, littleEndian);
    const type = view.getUint16(next + field.type, littleEndian);
    if (length === 0) {
      report(reader, "extension-length-zero", next, `extension ${type} has length 0, expected at least 1`);
      break;
    }
    const size = length * 8;
    if (size > room) {
      report(
        reader,
        "extension-past-end",
        next,
        `extension ${type} has ${size} bytes, expected at most ${room}`,
      );
      break;
    }
    const row = dialect.tables.extensions.byType.get(type);
    const unread = { kind: "raw", type, length } as const;
    if (row === undefined) {
      if (type === 0) report(reader, "extension-type-zero", next, "extension of type 0, expected at least 1");
      extensions.push(raw.decode(reader, next, unread));
    } else {
      if (seen.has(type)) report(reader, "extension-duplicate", next, `a second ${row.kind}, expected one`);
      seen.add(type);
      extensions.push(decodeKnown(reader, next, row, length) ?? raw.decode(reader, next, unread));
    }
    next += size;
  }
  return extensions;
}

function decodeKnown(
  reader: Reader,
  at: number,
  { type, kind, structure }: ExtensionRow,
  length: number,
): Extension | undefined {
  const size = length * 8;
  if (size < structure.minimum) {
    report(
      reader,
      "extension-too-short",
      at,
      `${kind} has ${size} bytes, expected at least ${structure.minimum}`,
    );
    return undefined;
  }
  const extension = structure.decode(reader, at, { kind, type, length });
  if (extension === undefined) return undefined;
  const content = structure.size(extension, reader.sockaddr);
  if (content < size) {
    const padding = unusualPadding(reader.bytes, at, at + content, at + size);
    if (padding !== undefined) extension.padding = padding;
  }
  return extension;
}

/** Bytes of the extension on the wire. */
export function extensionSize(extension: OutgoingExtension, dialect: Dialect): number {
  const { padding, length } = extension;
  const paddingSize = padding === undefined ? 0 : byteLength(padding, "extension.padding");
  const needed = align8(contentSize(extension, dialect) + paddingSize);
  if (length === undefined) return needed;
  if (checkedUint(length, 0xffff, "extension.length") * 8 < needed) {
    throw new EncodeError("extension.length", length, `at least ${needed / 8} for ${extension.kind}`);
  }
  return length * 8;
}

/** Writes an extension into `size` bytes, as many as {@link extensionSize} said. */
export function encodeExtension(
  writer: Writer,
  at: number,
  extension: OutgoingExtension,
  size: number,
  dialect: Dialect,
): void {
  const { type, structure } = rowOf(extension, dialect);
  putUint16(writer, at + field.length, size / 8, "extension.length");
  putUint16(writer, at + field.type, extension.type ?? type, "extension.type");
  structure.encode(writer, at, extension);
  if (extension.padding !== undefined) {
    writer.bytes.set(extension.padding, at + contentSize(extension, dialect));
  }
}

/** Bytes without padding. */
function contentSize(extension: OutgoingExtension, dialect: Dialect): number {
  return rowOf(extension, dialect).structure.size(extension, dialect.tables.sockaddr);
}

function rowOf(extension: OutgoingExtension, dialect: Dialect): ExtensionRow {
  const { kind } = extension;
  if (kind === "raw") return { kind, type: extension.type, structure: raw };
  const row = dialect.tables.extensions.byKind.get(kind);
  if (row === undefined) {
    throw new EncodeError("extension.kind", kind, `a kind that ${dialect.name} has a number for`);
  }
  return row;
}
