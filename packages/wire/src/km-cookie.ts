/**
 * `struct sadb_x_kmc`, extension 19 of illumos (net/pfkeyv2.h).
 */
import type { ExtensionHeader } from "./extension.ts";
import type { Structure } from "./structure.ts";
import { putUint32, putUint64 } from "./writer.ts";

const field = { protocol: 4, cookie: 8 } as const;
const bytes = 16;

/** What key management wants to find again with its SA. */
export interface KmCookieExtension extends ExtensionHeader {
  kind: "kmCookie";
  /** One of {@link KmProtocol}. */
  protocol: number;
  /** sadb_x_kmc_cookie64; the older 32 bits lie in its first four bytes. */
  cookie: bigint;
}

/** SADB_X_KMP_*: who manages the keys of an SA. */
export const KmProtocol = { manual: 0, ike: 1, kink: 2, ikev2: 3 } as const;

export const kmCookie: Structure<KmCookieExtension> = {
  minimum: bytes,

  decode({ view, littleEndian }, at, { kind, type, length }) {
    return {
      kind,
      type,
      length,
      protocol: view.getUint32(at + field.protocol, littleEndian),
      cookie: view.getBigUint64(at + field.cookie, littleEndian),
    };
  },

  size: () => bytes,

  encode(writer, at, extension) {
    putUint32(writer, at + field.protocol, extension.protocol, "kmCookie.protocol");
    putUint64(writer, at + field.cookie, extension.cookie, "kmCookie.cookie");
  },
};
