/**
 * What is wrong with a DES or 3DES key: `weak` (enciphering twice gives the text back), `semi-weak` (another key
 * deciphers what it enciphers), or `repeated` (a 3DES key with two equal keys side by side, which is single DES).
 */
export type DesKeyWeakness = "weak" | "semi-weak" | "repeated";

// FIPS 74; RFC 2409 appendix A.
const weakKeys: readonly Uint8Array[] = [
  "0101010101010101",
  "1f1f1f1f0e0e0e0e",
  "e0e0e0e0f1f1f1f1",
  "fefefefefefefefe",
].map(fromHex);

const semiWeakKeys: readonly Uint8Array[] = [
  "011f011f010e010e",
  "1f011f010e010e01",
  "01e001e001f101f1",
  "e001e001f101f101",
  "01fe01fe01fe01fe",
  "fe01fe01fe01fe01",
  "1fe01fe00ef10ef1",
  "e01fe01ff10ef10e",
  "1ffe1ffe0efe0efe",
  "fe1ffe1ffe0efe0e",
  "e0fee0fef1fef1fe",
  "fee0fee0fef1fef1",
].map(fromHex);

/**
 * A copy of a DES or 3DES key with its parity bits, the lowest of each byte, set so that each byte has an odd number of
 * ones (FIPS 46-3). The cipher ignores these bits, and so does {@link weakDesKey}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { withOddParity } from "@keysock/algorithms";
 *
 * assert.deepEqual(withOddParity(Uint8Array.of(0x00, 0x01, 0xff)), Uint8Array.of(0x01, 0x01, 0xfe));
 * ```
 */
export function withOddParity(key: Uint8Array): Uint8Array {
  return Uint8Array.from(key, (byte) => {
    let ones = byte >> 1;
    ones ^= ones >> 4;
    ones ^= ones >> 2;
    ones ^= ones >> 1;
    return (byte & 0xfe) | (~ones & 1);
  });
}

/**
 * What is wrong with a DES key of 8 bytes or a 3DES key of 24, whatever its parity bits say; undefined where nothing
 * is. The 48 possibly weak keys pass, and so does a key of any other length.
 *
 * A 3DES key is as weak as the weakest of its three, and `repeated` if the first two or the last two are equal. RFC 2451
 * section 2.3 has implementations reject the latter, and sees no need to reject the former.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { weakDesKey } from "@keysock/algorithms";
 *
 * assert.equal(weakDesKey(new Uint8Array(8)), "weak");
 * assert.equal(weakDesKey(Uint8Array.of(0xbe, 0x02, 0x93, 0x8e, 0x7d, 0xef, 0x28, 0x39)), undefined);
 * ```
 */
export function weakDesKey(key: Uint8Array): DesKeyWeakness | undefined {
  if (key.length !== 8 && key.length !== 24) return undefined;
  // Views, so that no copy of the key is left behind.
  const keys = Array.from({ length: key.length / 8 }, (_, index) => key.subarray(index * 8, index * 8 + 8));
  if (keys.some((one) => weakKeys.some((weak) => sameKey(one, weak)))) return "weak";
  if (keys.some((one) => semiWeakKeys.some((weak) => sameKey(one, weak)))) return "semi-weak";
  return keys.slice(1).some((one, index) => sameKey(one, keys[index]!)) ? "repeated" : undefined;
}

/**
 * Whether a cipher, by its name here, is DES or 3DES and that a key to refuse: {@link weakDesKey} finds something wrong with it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { hasWeakKey } from "@keysock/algorithms";
 *
 * assert(hasWeakKey("des-cbc", new Uint8Array(8)));
 * assert(!hasWeakKey("blowfish-cbc", new Uint8Array(8)));
 * ```
 */
export function hasWeakKey(name: string, key: Uint8Array): boolean {
  return (name === "des-cbc" || name === "3des-cbc") && weakDesKey(key) !== undefined;
}

/** Whether two keys of 8 bytes are equal but for their parity bits. */
function sameKey(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((byte, index) => ((byte ^ b[index]!) & 0xfe) === 0);
}

function fromHex(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/../g)!, (pair) => Number.parseInt(pair, 16));
}
