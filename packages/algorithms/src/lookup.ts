import type { Algorithm, AlgorithmKind, KernelName } from "./algorithm.ts";
import { authenticationAlgorithms } from "./authentication.ts";
import { compressionAlgorithms } from "./compression.ts";
import { encryptionAlgorithms } from "./encryption.ts";

const tables: Readonly<Record<AlgorithmKind, readonly Algorithm[]>> = {
  authentication: authenticationAlgorithms,
  encryption: encryptionAlgorithms,
  compression: compressionAlgorithms,
};

/**
 * The algorithm that a kernel's PF_KEY header gives that number; 0 is the entry `none`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { algorithmByNumber } from "@keysock/algorithms";
 *
 * assert.equal(algorithmByNumber("authentication", 2, "linux")?.name, "hmac-md5");
 * assert.equal(algorithmByNumber("authentication", 2, "macos")?.name, "hmac-sha1");
 * assert.equal(algorithmByNumber("authentication", 99, "linux"), undefined);
 * ```
 */
export function algorithmByNumber(
  kind: AlgorithmKind,
  number: number,
  kernel: KernelName,
): Algorithm | undefined {
  return tables[kind].find((algorithm) => algorithm.numbers[kernel] === number);
}

/**
 * The algorithm that setkey knows under that word; case matters.
 *
 * All words of ipsec-tools are here, whatever the kernel. Its Linux build drops those without a number for Linux
 * (`tcp-md5`) or with `xfrmOnly` (`aes-gcm-16`, `aes-gmac`), and knows none with `from`. `des-deriv`,
 * `des-32iv` and `simple` are the same algorithms as `des-cbc` and `null`: what they mean beyond is up to the caller.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { algorithmBySetkeyName } from "@keysock/algorithms";
 *
 * assert.equal(algorithmBySetkeyName("encryption", "rijndael-cbc")?.setkey?.printed, "aes-cbc");
 * assert.equal(algorithmBySetkeyName("authentication", "tcp-md5")?.numbers.linux, undefined);
 * ```
 */
export function algorithmBySetkeyName(kind: AlgorithmKind, name: string): Algorithm | undefined {
  return tables[kind].find((algorithm) => algorithm.setkey?.names.includes(name));
}

/**
 * The algorithm that ipseckey knows under that word, in upper or lower case: the names of `/etc/inet/ipsecalgs`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { algorithmByIpseckeyName } from "@keysock/algorithms";
 *
 * assert.equal(algorithmByIpseckeyName("authentication", "SHA-1")?.ipseckey?.printed, "hmac-sha1");
 * ```
 */
export function algorithmByIpseckeyName(kind: AlgorithmKind, name: string): Algorithm | undefined {
  const lower = name.toLowerCase();
  return tables[kind].find((algorithm) => algorithm.ipseckey?.names.includes(lower));
}

/**
 * The algorithm that Linux's crypto API knows under that name, as XFRM states it.
 *
 * @param icvBits - Length of the integrity check value: the AEADs of one name differ in nothing else, nor do the two of
 *   `hmac(sha256)`. Without it the first of them is found.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { algorithmByLinuxName } from "@keysock/algorithms";
 *
 * assert.equal(algorithmByLinuxName("authentication", "hmac(sha1)")?.numbers.linux, 3);
 * assert.equal(algorithmByLinuxName("encryption", "rfc4106(gcm(aes))", 128)?.numbers.linux, 20);
 * // With the ICV of RFC 4868 it has no number.
 * assert.equal(algorithmByLinuxName("authentication", "hmac(sha256)", 128)?.name, "hmac-sha256-128");
 * ```
 */
export function algorithmByLinuxName(
  kind: AlgorithmKind,
  name: string,
  icvBits?: number,
): Algorithm | undefined {
  return tables[kind].find(
    (algorithm) =>
      algorithm.linuxName === name && (icvBits === undefined || algorithm.icvBits?.linux === icvBits),
  );
}

/**
 * The algorithms that a kernel can use over PF_KEY. For `linux` they are in the order of its REGISTER reply, which
 * leaves out those whose crypto module is missing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { pfkeyAlgorithms } from "@keysock/algorithms";
 *
 * assert.deepEqual(
 *   pfkeyAlgorithms("authentication", "illumos").map((algorithm) => algorithm.numbers.illumos),
 *   [2, 3, 5, 6, 7],
 * );
 * ```
 */
export function pfkeyAlgorithms(kind: AlgorithmKind, kernel: KernelName): readonly Algorithm[] {
  return tables[kind].filter(
    (algorithm) =>
      algorithm.numbers[kernel] !== undefined &&
      algorithm.keyBits[kernel] !== undefined &&
      !(kernel === "linux" && algorithm.xfrmOnly),
  );
}
