/**
 * The extension walker: what Linux checks of every extension before it looks at what the message asks for.
 */
import type { Dialect } from "@keysock/wire";
import { headerBytes } from "../header.ts";
import { Refusal } from "../refusal.ts";
import { Errno } from "./errno.ts";

const field = { length: 0, type: 2 } as const;
const extensionHeaderBytes = 4;
const addressField = { prefixLength: 5, family: 8 } as const;
const keyField = { bits: 4, key: 8 } as const;
const contextField = { length: 6, context: 8 } as const;
const pageBytes = 4096;

/** An extension that is being looked at. */
interface Place {
  readonly view: DataView;
  readonly at: number;
  /** Its length in units of 8 bytes. */
  readonly words: number;
  readonly littleEndian: boolean;
}

interface Rule {
  /** Bytes that it has at least. */
  readonly minimum: number;
  readonly holds?: (place: Place) => boolean;
}

/** By number; an extension with a number above the table's end is skipped. */
const rules: readonly Rule[] = [
  { minimum: 0 }, // reserved
  { minimum: 16 }, // SA
  { minimum: 32 }, // LIFETIME_CURRENT
  { minimum: 32 }, // LIFETIME_HARD
  { minimum: 32 }, // LIFETIME_SOFT
  { minimum: 16, holds: holdsAddress }, // ADDRESS_SRC
  { minimum: 16, holds: holdsAddress }, // ADDRESS_DST
  { minimum: 16, holds: holdsAddress }, // ADDRESS_PROXY
  { minimum: 8, holds: holdsKey }, // KEY_AUTH
  { minimum: 8, holds: holdsKey }, // KEY_ENCRYPT
  { minimum: 16 }, // IDENTITY_SRC
  { minimum: 16 }, // IDENTITY_DST
  { minimum: 16 }, // SENSITIVITY
  { minimum: 8 }, // PROPOSAL
  { minimum: 8 }, // SUPPORTED_AUTH
  { minimum: 8 }, // SUPPORTED_ENCRYPT
  { minimum: 16 }, // SPIRANGE
  { minimum: 8 }, // X_KMPRIVATE
  { minimum: 16 }, // X_POLICY
  { minimum: 16 }, // X_SA2
  { minimum: 8 }, // X_NAT_T_TYPE
  { minimum: 8 }, // X_NAT_T_SPORT
  { minimum: 8 }, // X_NAT_T_DPORT
  { minimum: 16, holds: holdsAddress }, // X_NAT_T_OA
  { minimum: 8, holds: holdsContext }, // X_SEC_CTX
  { minimum: 8 }, // X_KMADDRESS
  { minimum: 40 }, // X_FILTER
];

/** Linux's AF_INET and AF_INET6, with the length of an extension that holds one and the bits of an address. */
const families: ReadonlyMap<number, { words: number; bits: number }> = new Map([
  [2, { words: 3, bits: 32 }],
  [10, { words: 5, bits: 128 }],
]);

/**
 * Looks at every extension of a message.
 *
 * @throws Refusal with EINVAL: an extension is broken or comes twice
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { addressExtension, Refusal, walk } from "@keysock/engine/linux";
 * import { encode, linux, request } from "@keysock/wire";
 *
 * const source = addressExtension("addressSource", Uint8Array.of(192, 0, 2, 1), 0);
 * walk(encode(request("get", "esp", [source]), linux), linux);
 * assert.throws(() => walk(encode(request("get", "esp", [source, source]), linux), linux), Refusal);
 * ```
 */
export function walk(bytes: Uint8Array, dialect: Dialect): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const littleEndian = dialect.byteOrder === "little";
  const seen = new Set<number>();
  for (let at = headerBytes; at < bytes.length; ) {
    const left = bytes.length - at;
    if (left < extensionHeaderBytes) throw new Refusal(Errno.EINVAL);
    const words = view.getUint16(at + field.length, littleEndian);
    const type = view.getUint16(at + field.type, littleEndian);
    if (words === 0 || words * 8 > left || type === 0) throw new Refusal(Errno.EINVAL);
    const rule = rules[type];
    if (rule !== undefined) {
      if (words * 8 < rule.minimum || seen.has(type)) throw new Refusal(Errno.EINVAL);
      if (rule.holds?.({ view, at, words, littleEndian }) === false) throw new Refusal(Errno.EINVAL);
      seen.add(type);
    }
    at += words * 8;
  }
}

function holdsAddress({ view, at, words, littleEndian }: Place): boolean {
  const family = families.get(view.getUint16(at + addressField.family, littleEndian));
  return family?.words === words && view.getUint8(at + addressField.prefixLength) <= family.bits;
}

/** An extension longer than the bits need is tolerated. */
function holdsKey({ view, at, words, littleEndian }: Place): boolean {
  return keyField.key + Math.ceil(view.getUint16(at + keyField.bits, littleEndian) / 8) <= words * 8;
}

function holdsContext({ view, at, words, littleEndian }: Place): boolean {
  const length = view.getUint16(at + contextField.length, littleEndian);
  return length <= pageBytes && words === Math.ceil((contextField.context + length) / 8);
}
