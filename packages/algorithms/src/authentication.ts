import type { Algorithm } from "./algorithm.ts";
import { bits, by, table, words } from "./row.ts";

const _ = undefined;
const b128 = bits(128);
const b160 = bits(160);
const b256 = bits(256);
const b384 = bits(384);
const b512 = bits(512);
const tcpMd5 = bits(8, 640, 8);
const nullBsd = bits(8, 2048, 8);

/**
 * Authentication algorithms of AH and ESP, in the order in which Linux's REGISTER reply lists those that it offers.
 *
 * Numbers are `SADB_AALG_*` and `SADB_X_AALG_*` of each kernel's `pfkeyv2.h`; key sizes are those of Linux's
 * `xfrm_algo.c`, of the BSDs' transforms and SUPPORTED replies, of xnu's `ah_core.c` and of illumos's `ipsecalgs`.
 * FreeBSD alone has GMAC in AH: NetBSD and OpenBSD use its numbers inside only. `hmac-sha256-128` is `hmac-sha256` with the ICV of
 * RFC 4868, which Linux takes over XFRM only.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { authenticationAlgorithms } from "@keysock/algorithms";
 *
 * const sha256 = authenticationAlgorithms.find((algorithm) => algorithm.name === "hmac-sha256");
 * assert.equal(sha256?.numbers.macos, 6);
 * // RFC 4868 says 128; Linux truncates to 96 when the SA comes over PF_KEY.
 * assert.deepEqual([sha256?.icvBits?.linux, sha256?.icvBits?.illumos], [96, 128]);
 * ```
 */
// biome-ignore format: one row a line
export const authenticationAlgorithms: readonly Algorithm[] = table("authentication", [
  // Columns of by(): linux, illumos, freebsd, netbsd, openbsd, macos.
  { name: "none",              numbers: by(0, 0, 0, 0, 0, 0),       setkey: { names: [], printed: "none" },                       ipseckey: { names: ["none", "any"], printed: "<none>" },                        keyBits: by() },
  { name: "null",              numbers: by(251, _, 251, 251, _, 5), setkey: words("null"),                                                                                                                        keyBits: by(bits(0), _, nullBsd, nullBsd, _, bits(0, 2048, 8)), icvBits: by(0, _, _, _, _, 0),             linuxIvLength: 0,                     linuxName: "digest_null" },
  { name: "hmac-md5",          numbers: by(2, 2, 2, 2, 2, 1),       setkey: words("hmac-md5"),                                    ipseckey: words("hmac-md5", "md5"),                                             keyBits: by(b128, b128, _, b128, b128, b128),                   icvBits: by(96, 96, _, 96, 96, 96),        linuxIvLength: 0, illumosIvLength: 0, linuxName: "hmac(md5)" },
  { name: "hmac-sha1",         numbers: by(3, 3, 3, 3, 3, 2),       setkey: words("hmac-sha1"),                                   ipseckey: words("hmac-sha1", "sha", "sha1", "sha-1", "hmac-sha", "hmac-sha-1"), keyBits: by(b160, b160, b160, b160, b160, b160),                icvBits: by(96, 96, 96, 96, 96, 96),       linuxIvLength: 0, illumosIvLength: 0, linuxName: "hmac(sha1)" },
  { name: "hmac-sha256",       numbers: by(5, 5, 5, 5, 5, 6),       setkey: words("hmac-sha256", "hmac-sha2-256"),                ipseckey: words("hmac-sha256", "sha256", "sha-256", "hmac-sha-256"),            keyBits: by(b256, b256, b256, b256, b256, b256),                icvBits: by(96, 128, 128, 128, 128, 128),  linuxIvLength: 0, illumosIvLength: 0, linuxName: "hmac(sha256)" },
  { name: "hmac-sha256-128",   numbers: by(),                       setkey: { ...words("hmac-sha256-128"), from: "keysock" },                                                                                     keyBits: by(b256),                                              icvBits: by(128),                                                                linuxName: "hmac(sha256)", xfrmOnly: true },
  { name: "hmac-sha384",       numbers: by(6, 6, 6, 6, 6, 7),       setkey: words("hmac-sha384", "hmac-sha2-384"),                ipseckey: words("hmac-sha384", "sha384", "sha-384", "hmac-sha-384"),            keyBits: by(b384, b384, b384, b384, b384, b384),                icvBits: by(192, 192, 192, 192, 192, 192), linuxIvLength: 0, illumosIvLength: 0, linuxName: "hmac(sha384)" },
  { name: "hmac-sha512",       numbers: by(7, 7, 7, 7, 7, 8),       setkey: words("hmac-sha512", "hmac-sha2-512"),                ipseckey: words("hmac-sha512", "sha512", "sha-512", "hmac-sha-512"),            keyBits: by(b512, b512, b512, b512, b512, b512),                icvBits: by(256, 256, 256, 256, 256, 256), linuxIvLength: 0, illumosIvLength: 0, linuxName: "hmac(sha512)" },
  { name: "hmac-ripemd160",    numbers: by(8, _, 8, 8, 8),          setkey: words("hmac-ripemd160"),                                                                                                              keyBits: by(b160, _, _, b160, b160),                            icvBits: by(96, _, _, 96, 96),             linuxIvLength: 0,                     linuxName: "hmac(rmd160)" },
  { name: "aes-xcbc-mac",      numbers: by(9, _, 9, 9),             setkey: words("aes-xcbc-mac"),                                                                                                                keyBits: by(b128, _, _, b128),                                  icvBits: by(96, _, _, 96),                 linuxIvLength: 0,                     linuxName: "xcbc(aes)" },
  { name: "hmac-sm3",          numbers: by(10),                                                                                                                                                                   keyBits: by(b256),                                              icvBits: by(256),                          linuxIvLength: 0,                     linuxName: "hmac(sm3)" },
  { name: "aes-cmac",          numbers: by(),                       setkey: { ...words("aes-cmac"), from: "keysock" },                                                                                            keyBits: by(b128),                                              icvBits: by(96),                                                                 linuxName: "cmac(aes)",    xfrmOnly: true },
  { name: "keyed-md5",         numbers: by(249, _, 249, 249, _, 3), setkey: { names: ["keyed-md5"], printed: "md5" },                                                                                             keyBits: by(_, _, _, b128, _, b128),                            icvBits: by(_, _, _, 128, _, 96) },
  { name: "keyed-sha1",        numbers: by(250, _, 250, 250, _, 4), setkey: { names: ["keyed-sha1"], printed: "sha" },                                                                                            keyBits: by(_, _, _, b160, _, b160),                            icvBits: by(_, _, _, 160, _, 96) },
  { name: "tcp-md5",           numbers: by(_, _, 252, 252),         setkey: words("tcp-md5"),                                                                                                                     keyBits: by(_, _, tcpMd5, tcpMd5) },
  { name: "aes-128-gmac",      numbers: by(_, _, 11, 11, 9),                                                                                                                                                      keyBits: by(_, _, b128),                                        icvBits: by(_, _, 128) },
  { name: "aes-192-gmac",      numbers: by(_, _, 12, 12, 10),                                                                                                                                                     keyBits: by(_, _, bits(192)),                                   icvBits: by(_, _, 128) },
  { name: "aes-256-gmac",      numbers: by(_, _, 13, 13, 11),                                                                                                                                                     keyBits: by(_, _, b256),                                        icvBits: by(_, _, 128) },
  { name: "chacha20-poly1305", numbers: by(_, _, 14, _, 12),        setkey: { ...words("chacha20-poly1305"), from: "freebsd" },                                                                                 keyBits: by(_, _, b256),                                        icvBits: by(_, _, 128) },
]);
