import type { Algorithm } from "./algorithm.ts";
import { bits, by, table, words } from "./row.ts";

const _ = undefined;
const nullBsd = bits(0, 2048, 8);
const des = bits(64);
const des3 = bits(192);
const cast = bits(40, 128, 8);
const blowfish = bits(40, 448, 8);
const aes = bits(128, 256, 64);
/** An AES key with a 24-bit salt (RFC 4309). */
const aes24 = bits(152, 280, 64, 24);
/** An AES key with a 32-bit nonce or salt (RFC 3686, RFC 4106, RFC 4543). */
const aes32 = bits(160, 288, 64, 32);
/** RFC 7634. */
const chacha = bits(288, 288, 0, 32);

/**
 * Encryption algorithms of ESP, in the order in which Linux's REGISTER reply lists those that it offers.
 *
 * Numbers are `SADB_EALG_*` and `SADB_X_EALG_*` of each kernel's `pfkeyv2.h`; key sizes are those of Linux's
 * `xfrm_algo.c`, of the BSDs' transforms and SUPPORTED replies, of xnu's `esp_core.c` and of illumos's `ipsecalgs`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { encryptionAlgorithms } from "@keysock/algorithms";
 *
 * const gcm = encryptionAlgorithms.find((algorithm) => algorithm.name === "aes-gcm-16");
 * assert.deepEqual(gcm?.ipseckey, { names: ["aes-gcm", "aes-gcm16"], printed: "aes-gcm" });
 * assert.equal(gcm?.xfrmOnly, true);
 * ```
 */
// biome-ignore format: one row a line
export const encryptionAlgorithms: readonly Algorithm[] = table("encryption", [
  // Columns of by(): linux, illumos, freebsd, netbsd, openbsd, macos.
  { name: "none",              numbers: by(0, 0, 0, 0, 0, 0),       setkey: { names: [], printed: "none" },                       ipseckey: { names: ["any"], printed: "<none>" }, keyBits: by() },
  { name: "null",              numbers: by(11, 11, 11, 11, 11, 3),  setkey: words("null", "simple"),                              ipseckey: words("null"),                         keyBits: by(bits(0), bits(0), nullBsd, nullBsd, bits(0), nullBsd),                                            linuxIvLength: 0,  illumosIvLength: 0,  linuxName: "ecb(cipher_null)" },
  { name: "des-cbc",           numbers: by(2, 2, 2, 2, _, 1),       setkey: words("des-cbc", "des-deriv", "des-32iv"),            ipseckey: words("des-cbc", "des"),               keyBits: by(des, des, _, des, _, des),                                                                        linuxIvLength: 8,  illumosIvLength: 8,  linuxName: "cbc(des)" },
  { name: "3des-cbc",          numbers: by(3, 3, 3, 3, 3, 2),       setkey: words("3des-cbc"),                                    ipseckey: words("3des-cbc", "3des"),             keyBits: by(des3, des3, _, des3, des3, des3),                                                                 linuxIvLength: 8,  illumosIvLength: 8,  linuxName: "cbc(des3_ede)" },
  { name: "cast128-cbc",       numbers: by(6, _, 6, 6, 6, 5),       setkey: words("cast128-cbc"),                                                                                  keyBits: by(cast, _, _, cast, cast),                                                                          linuxIvLength: 8,                       linuxName: "cbc(cast5)" },
  { name: "blowfish-cbc",      numbers: by(7, 7, 7, 7, 7, 4),       setkey: words("blowfish-cbc"),                                ipseckey: words("blowfish-cbc", "blowfish"),     keyBits: by(blowfish, bits(32, 448, 8), _, blowfish, blowfish),                                               linuxIvLength: 8,  illumosIvLength: 8,  linuxName: "cbc(blowfish)" },
  { name: "aes-cbc",           numbers: by(12, 12, 12, 12, 12, 12), setkey: words("aes-cbc", "rijndael-cbc"),                     ipseckey: words("aes-cbc", "aes"),               keyBits: by(aes, aes, aes, aes, aes, aes),                                                                    linuxIvLength: 8,  illumosIvLength: 16, linuxName: "cbc(aes)" },
  { name: "serpent-cbc",       numbers: by(252),                                                                                                                                   keyBits: by(bits(128, 256, 8)),                                                                               linuxIvLength: 8,                       linuxName: "cbc(serpent)" },
  { name: "camellia-cbc",      numbers: by(22, _, 22, 22),          setkey: words("camellia-cbc"),                                                                                 keyBits: by(aes, _, _, aes),                                                                                  linuxIvLength: 8,                       linuxName: "cbc(camellia)" },
  { name: "twofish-cbc",       numbers: by(253),                    setkey: words("twofish-cbc"),                                                                                  keyBits: by(aes),                                                                                             linuxIvLength: 8,                       linuxName: "cbc(twofish)" },
  { name: "aes-ctr",           numbers: by(13, _, 13, 13, 13),      setkey: words("aes-ctr"),                                                                                      keyBits: by(aes32, _, aes32, aes32, aes32),                                                                   linuxIvLength: 8,                       linuxName: "rfc3686(ctr(aes))" },
  // The step leaves 128 alone: REGISTER says 128 to 256, but the cipher takes no other key than 128.
  { name: "sm4-cbc",           numbers: by(24),                                                                                                                                    keyBits: by(bits(128, 256, 256)),                                                                             linuxIvLength: 16,                      linuxName: "cbc(sm4)" },
  { name: "aes-ccm-8",         numbers: by(14, 14),                 setkey: { ...words("aes-ccm-8"), from: "keysock" },           ipseckey: words("aes-ccm8"),                     keyBits: by(aes24, aes24),                                         icvBits: by(64, 64),                       linuxIvLength: 8,  illumosIvLength: 8,  linuxName: "rfc4309(ccm(aes))",             xfrmOnly: true, aead: true },
  { name: "aes-ccm-12",        numbers: by(15, 15),                 setkey: { ...words("aes-ccm-12"), from: "keysock" },          ipseckey: words("aes-ccm12"),                    keyBits: by(aes24, aes24),                                         icvBits: by(96, 96),                       linuxIvLength: 8,  illumosIvLength: 8,  linuxName: "rfc4309(ccm(aes))",             xfrmOnly: true, aead: true },
  { name: "aes-ccm-16",        numbers: by(16, 16),                 setkey: { ...words("aes-ccm-16"), from: "keysock" },          ipseckey: words("aes-ccm", "aes-ccm16"),         keyBits: by(aes24, aes24),                                         icvBits: by(128, 128),                     linuxIvLength: 8,  illumosIvLength: 8,  linuxName: "rfc4309(ccm(aes))",             xfrmOnly: true, aead: true },
  { name: "aes-gcm-8",         numbers: by(18, 18, 18, 18, 18),     setkey: { ...words("aes-gcm-8"), from: "keysock" },           ipseckey: words("aes-gcm8"),                     keyBits: by(aes32, aes32),                                         icvBits: by(64, 64),                       linuxIvLength: 8,  illumosIvLength: 8,  linuxName: "rfc4106(gcm(aes))",             xfrmOnly: true, aead: true },
  { name: "aes-gcm-12",        numbers: by(19, 19, 19, 19, 19),     setkey: { ...words("aes-gcm-12"), from: "keysock" },          ipseckey: words("aes-gcm12"),                    keyBits: by(aes32, aes32),                                         icvBits: by(96, 96),                       linuxIvLength: 8,  illumosIvLength: 8,  linuxName: "rfc4106(gcm(aes))",             xfrmOnly: true, aead: true },
  { name: "aes-gcm-16",        numbers: by(20, 20, 20, 20, 20, 13), setkey: words("aes-gcm-16"),                                  ipseckey: words("aes-gcm", "aes-gcm16"),         keyBits: by(aes32, aes32, aes32, aes32, aes32, aes32),             icvBits: by(128, 128, 128, 128, 128, 128), linuxIvLength: 8,  illumosIvLength: 8,  linuxName: "rfc4106(gcm(aes))",             xfrmOnly: true, aead: true },
  { name: "aes-gmac",          numbers: by(23, _, 23, 23, 21, 15),  setkey: words("aes-gmac"),                                                                                     keyBits: by(aes32, _, aes32, aes32, aes32, aes32),                 icvBits: by(128, _, 128, 128, 128, 128),   linuxIvLength: 8,                       linuxName: "rfc4543(gcm(aes))",             xfrmOnly: true, aead: true },
  { name: "chacha20-poly1305", numbers: by(_, _, 15, _, 22, 14),    setkey: { ...words("chacha20-poly1305"), from: "freebsd" },                                                  keyBits: by(chacha, _, chacha, _, chacha, chacha),                 icvBits: by(128, _, 128, _, 128, 128),     linuxIvLength: 8,                       linuxName: "rfc7539esp(chacha20,poly1305)", xfrmOnly: true, aead: true },
  { name: "skipjack-cbc",      numbers: by(_, _, _, 250),                                                                                                                          keyBits: by(_, _, _, bits(80)) },
]);
