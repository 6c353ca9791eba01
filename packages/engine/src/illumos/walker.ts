/**
 * The extension walker: what illumos checks of every extension before it looks at what the message asks for.
 */
import type { Dialect } from "@keysock/wire";
import { headerBytes } from "../header.ts";
import { Diagnostic } from "./diagnostic.ts";
import { refuse } from "./refuse.ts";

const field = { length: 0, type: 2 } as const;
const familyAt = 8;
const inet6 = 26;
const addressBytes = { inet: 24, inet6: 40 } as const;
const keyField = { bits: 4, key: 8 } as const;
const rangeField = { min: 4, max: 8 } as const;
const bitmapsField = { sensitivityWords: 9, integrityWords: 11, bitmaps: 16 } as const;

/** An extension that is being looked at. */
interface Place {
  readonly view: DataView;
  readonly at: number;
  readonly size: number;
  readonly littleEndian: boolean;
}

type Shape = (place: Place) => boolean;

const D = Diagnostic;

/** By number: the diagnostic for a second one, the one for a malformed one, and what one looks like. */
// biome-ignore format: one row a line
const rules: ReadonlyMap<number, readonly [duplicate: number, malformed: number, holds: Shape]> = new Map([
  [1,  [D.duplicateSa,                D.malformedSa,                exactly(16)]], // SA
  [2,  [D.none,                       D.badExtensionLength,         exactly(32)]], // LIFETIME_CURRENT
  [3,  [D.none,                       D.badExtensionLength,         exactly(32)]], // LIFETIME_HARD
  [4,  [D.none,                       D.badExtensionLength,         exactly(32)]], // LIFETIME_SOFT
  [5,  [D.duplicateSource,            D.malformedSource,            holdsAddress]], // ADDRESS_SRC
  [6,  [D.duplicateDestination,       D.malformedDestination,       holdsAddress]], // ADDRESS_DST
  [7,  [D.duplicateInnerSource,       D.malformedInnerSource,       holdsAddress]], // X_ADDRESS_INNER_SRC
  [8,  [D.duplicateAuthenticationKey, D.malformedAuthenticationKey, holdsKey]], // KEY_AUTH
  [9,  [D.duplicateEncryptionKey,     D.malformedEncryptionKey,     holdsKey]], // KEY_ENCRYPT
  [10, [D.none,                       D.badExtensionLength,         atLeast(16)]], // IDENTITY_SRC
  [11, [D.none,                       D.badExtensionLength,         atLeast(16)]], // IDENTITY_DST
  [12, [D.none,                       D.badExtensionLength,         holdsBitmaps]], // SENSITIVITY
  [13, [D.none,                       D.badExtensionLength,         atLeast(8)]], // PROPOSAL
  [14, [D.none,                       D.badExtensionLength,         atLeast(8)]], // SUPPORTED_AUTH
  [15, [D.none,                       D.badExtensionLength,         atLeast(8)]], // SUPPORTED_ENCRYPT
  [16, [D.duplicateSpiRange,          D.malformedSpiRange,          holdsRange]], // SPIRANGE
  [17, [D.none,                       D.badExtensionLength,         atLeast(8)]], // X_EREG
  [18, [D.none,                       D.badExtensionLength,         atLeast(8)]], // X_EPROP
  [19, [D.duplicateKmCookie,          D.badExtensionLength,         exactly(16)]], // X_KM_COOKIE
  [20, [D.duplicateNatTLocal,         D.malformedNatTLocal,         holdsAddress]], // X_ADDRESS_NATT_LOC
  [21, [D.duplicateNatTRemote,        D.malformedNatTRemote,        holdsAddress]], // X_ADDRESS_NATT_REM
  [22, [D.duplicateInnerDestination,  D.malformedInnerDestination,  holdsAddress]], // X_ADDRESS_INNER_DST
  [23, [D.none,                       D.badExtensionLength,         exactly(8)]], // X_PAIR
  [24, [D.none,                       D.badExtensionLength,         exactly(16)]], // X_REPLAY_VALUE
  [25, [D.none,                       D.badExtensionLength,         exactly(16)]], // X_EDUMP
  [26, [D.none,                       D.badExtensionLength,         exactly(32)]], // X_LIFETIME_IDLE
  [27, [D.none,                       D.badExtensionLength,         holdsBitmaps]], // X_OUTER_SENS
  [28, [D.duplicateStringKey,         D.malformedStringKey,         holdsKey]], // X_STR_AUTH
]);

/** The message must be of whole units of 8 bytes. @throws Refusal with EINVAL */
export function walk(bytes: Uint8Array, dialect: Dialect): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const littleEndian = dialect.byteOrder === "little";
  const seen = new Set<number>();
  for (let at = headerBytes; at < bytes.length; ) {
    const left = bytes.length - at;
    const size = view.getUint16(at + field.length, littleEndian) * 8;
    const type = view.getUint16(at + field.type, littleEndian);
    const rule = rules.get(type);
    if (rule === undefined) refuse(D.unknownExtension);
    if (size === 0 || size > left) refuse(D.badExtensionLength);
    const [duplicate, malformed, holds] = rule;
    if (seen.has(type)) refuse(duplicate);
    if (!holds({ view, at, size, littleEndian })) refuse(malformed);
    seen.add(type);
    at += size;
  }
}

function exactly(bytes: number): Shape {
  return ({ size }) => size === bytes;
}

function atLeast(bytes: number): Shape {
  return ({ size }) => size >= bytes;
}

/** Room to spare is allowed: Solaris 10's ipseckey sends 264 bytes. */
function holdsAddress({ view, at, size, littleEndian }: Place): boolean {
  if (size < addressBytes.inet) return false;
  return view.getUint16(at + familyAt, littleEndian) !== inet6 || size >= addressBytes.inet6;
}

/** Of one bit at least, as long as the bits need, and not all zero. */
function holdsKey({ view, at, size, littleEndian }: Place): boolean {
  const bits = view.getUint16(at + keyField.bits, littleEndian);
  const bytes = Math.ceil(bits / 8);
  if (bits === 0 || size !== Math.ceil((keyField.key + bytes) / 8) * 8) return false;
  for (let index = 0; index < bytes; index++) {
    if (view.getUint8(at + keyField.key + index) !== 0) return true;
  }
  return false;
}

function holdsRange({ view, at, size, littleEndian }: Place): boolean {
  if (size !== 16) return false;
  const min = view.getUint32(at + rangeField.min, littleEndian);
  const max = view.getUint32(at + rangeField.max, littleEndian);
  return min <= max && max !== 0;
}

function holdsBitmaps({ view, at, size }: Place): boolean {
  if (size < bitmapsField.bitmaps) return false;
  const words =
    view.getUint8(at + bitmapsField.sensitivityWords) + view.getUint8(at + bitmapsField.integrityWords);
  return size === bitmapsField.bitmaps + words * 8;
}
