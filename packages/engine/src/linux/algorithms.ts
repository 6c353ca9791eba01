/**
 * The algorithms of this kernel, and which keys it takes for them.
 */
import { type AlgorithmKind, algorithmByNumber, keyBitsAllowed } from "@keysock/algorithms";
import type { SupportedAlgorithm } from "@keysock/wire";
import type { SupportedNumbers } from "../personality.ts";
import type { SaKey } from "./sa.ts";

/**
 * What Debian's Linux 6.1 has with all of its crypto modules loaded.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { createEngine, debianLinux } from "@keysock/engine";
 * import { decode, encode, linux, request } from "@keysock/wire";
 *
 * const supported = { ...debianLinux, authentication: [3] };
 * const clock = { now: Date.now, sleep: () => {} };
 * const socket = createEngine({ personality: "linux", clock, supported }).connect();
 * socket.send([encode(request("register", "esp"), linux)]);
 * const [authentication] = decode(socket.receive(0)!, linux).message.extensions;
 * assert(authentication?.kind === "supportedAuthentication");
 * assert.deepEqual(authentication.algorithms.map(({ id }) => id), [3]);
 * ```
 */
export const debianLinux: SupportedNumbers = {
  authentication: [251, 2, 3, 5, 6, 7, 8, 9],
  encryption: [11, 2, 3, 6, 7, 12, 252, 22, 253, 13],
  compression: [2],
};

/** The highest numbers that linux/pfkeyv2.h knows. */
export const highest = { authentication: 251, encryption: 253, compression: 4 } as const;

export const nullAuthentication = 251;
export const nullEncryption = 11;
const xcbc = 9;
const aesCbc = 12;

/**
 * As REGISTER's reply lists them; the IV length is what the kernel's table says, not the cipher's.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { offer } from "@keysock/engine/linux";
 *
 * const [aes] = offer("encryption", [12]);
 * assert.deepEqual(aes, { id: 12, ivLength: 8, minBits: 128, maxBits: 256, reserved: 0 });
 * ```
 */
export function offer(kind: AlgorithmKind, numbers: readonly number[]): SupportedAlgorithm[] {
  return numbers.map((id) => {
    const algorithm = algorithmByNumber(kind, id, "linux");
    const { min, max } = algorithm?.keyBits.linux ?? { min: 0, max: 0 };
    return { id, ivLength: algorithm?.linuxIvLength ?? 0, minBits: min, maxBits: max, reserved: 0 };
  });
}

const blowfishCbc = 7;
const serpentCbc = 252;

/** Ciphers that take keys shorter than REGISTER says, with the bits of the shortest (measured on Linux 6.1). */
const shortestKeys: ReadonlyMap<number, number> = new Map([
  [blowfishCbc, 32],
  [serpentCbc, 8],
]);

/** Whether the cipher takes the key: whole bytes count. */
export function encryptionKeyFits(id: number, key: SaKey | undefined): boolean {
  const algorithm = algorithmByNumber("encryption", id, "linux");
  const offered = algorithm?.keyBits.linux;
  if (algorithm === undefined || offered === undefined) return false;
  const bits = bitsOf(key);
  const isShort = bits < offered.min && bits >= (shortestKeys.get(id) ?? offered.min);
  return isShort || keyBitsAllowed(algorithm, bits, "linux");
}

/** HMACs take keys of any length, none included; AES-XCBC takes what AES takes. */
export function authenticationKeyFits(id: number, key: SaKey | undefined): boolean {
  return id !== xcbc || encryptionKeyFits(aesCbc, key);
}

const bitsOf = (key: SaKey | undefined): number => (key?.bytes.length ?? 0) * 8;
