import type { Algorithm } from "./algorithm.ts";
import { bits, by, table, words } from "./row.ts";

const _ = undefined;

/**
 * Compression algorithms of IPComp: `SADB_X_CALG_*`. They take no key; deflate is the only one that kernels can do.
 * illumos has no IPComp, and so ipseckey has no words.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { compressionAlgorithms } from "@keysock/algorithms";
 *
 * assert.deepEqual(
 *   compressionAlgorithms.map((algorithm) => algorithm.name),
 *   ["none", "oui", "deflate", "lzs", "lzjh"],
 * );
 * ```
 */
// biome-ignore format: one row a line
export const compressionAlgorithms: readonly Algorithm[] = table("compression", [
  // Columns of by(): linux, illumos, freebsd, netbsd, openbsd, macos.
  { name: "none",    numbers: by(0, _, 0, 0, 0, 0), setkey: { names: [], printed: "none" }, keyBits: by() },
  { name: "oui",     numbers: by(1, _, 1, 1, 1, 1), setkey: words("oui"),                   keyBits: by() },
  { name: "deflate", numbers: by(2, _, 2, 2, 2, 2), setkey: words("deflate"),               keyBits: by(bits(0), _, bits(0), bits(0), bits(0), bits(0)), linuxName: "deflate" },
  { name: "lzs",     numbers: by(3, _, 3, 3, _, 3), setkey: words("lzs"),                   keyBits: by(),                                               linuxName: "lzs" },
  { name: "lzjh",    numbers: by(4),                                                        keyBits: by(),                                               linuxName: "lzjh" },
]);
