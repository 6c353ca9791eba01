import type { Algorithm, KernelName } from "./algorithm.ts";

/** More sizes than this are told as a range. */
const listed = 3;

/**
 * Whether a kernel's tables allow a key of that size, salt or nonce included. False as well where the kernel cannot do
 * the algorithm.
 *
 * Linux's own check is looser for HMACs, whose keys it takes in any length over PF_KEY; setkey refuses them before.
 *
 * @param bits - Size of the key in bits.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { algorithmBySetkeyName, keyBitsAllowed } from "@keysock/algorithms";
 *
 * const aes = algorithmBySetkeyName("encryption", "aes-cbc")!;
 * assert.equal(keyBitsAllowed(aes, 192, "linux"), true);
 * assert.equal(keyBitsAllowed(aes, 136, "linux"), false);
 * ```
 */
export function keyBitsAllowed(algorithm: Algorithm, bits: number, kernel: KernelName): boolean {
  const range = algorithm.keyBits[kernel];
  if (range === undefined || bits < range.min || bits > range.max) return false;
  return range.step === 0 ? bits === range.min : (bits - range.min) % range.step === 0;
}

/**
 * The key sizes that {@link keyBitsAllowed} allows, in words for an error message. Undefined where the kernel cannot
 * do the algorithm.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { algorithmBySetkeyName, keyBitsText } from "@keysock/algorithms";
 *
 * const aesCtr = algorithmBySetkeyName("encryption", "aes-ctr")!;
 * assert.equal(keyBitsText(aesCtr, "linux"), "160, 224 or 288 bits, the last 32 of them the salt");
 * const cast = algorithmBySetkeyName("encryption", "cast128-cbc")!;
 * assert.equal(keyBitsText(cast, "linux"), "40 to 128 bits in steps of 8");
 * assert.equal(keyBitsText(cast, "illumos"), undefined);
 * ```
 */
export function keyBitsText(algorithm: Algorithm, kernel: KernelName): string | undefined {
  const range = algorithm.keyBits[kernel];
  if (range === undefined) return undefined;
  const { min, max, step, salt } = range;
  if (max === 0) return "no key";
  const count = step === 0 ? 1 : Math.floor((max - min) / step) + 1;
  if (count > listed) return `${min} to ${max} bits in steps of ${step}`;
  const sizes = Array.from({ length: count }, (_, index) => min + index * step);
  const text = sizes.join(", ").replace(/, (\d+)$/, " or $1");
  return salt === 0 ? `${text} bits` : `${text} bits, the last ${salt} of them the salt`;
}
