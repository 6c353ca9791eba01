/**
 * The algorithms of this kernel, and which keys it takes for them.
 */
import {
  type Algorithm,
  type AlgorithmKind,
  algorithmByNumber,
  hasWeakKey,
  keyBitsAllowed,
  pfkeyAlgorithms,
} from "@keysock/algorithms";
import type { KeyExtension, SupportedAlgorithm } from "@keysock/wire";
import type { SupportedNumbers } from "../personality.ts";
import { Diagnostic } from "./diagnostic.ts";
import type { Kernel } from "./kernel.ts";
import { refuse } from "./refuse.ts";

export const nullEncryption = 11;

export function allAlgorithms(): SupportedNumbers {
  const numbersOf = (kind: AlgorithmKind) =>
    pfkeyAlgorithms(kind, "illumos").flatMap(({ numbers }) => numbers.illumos ?? []);
  return {
    authentication: numbersOf("authentication"),
    encryption: numbersOf("encryption"),
    compression: [],
  };
}

/** As REGISTER's reply lists them; sizes of keys are without their salt. */
export function offer(kind: AlgorithmKind, numbers: readonly number[]): SupportedAlgorithm[] {
  return numbers.map((id) => {
    const algorithm = algorithmByNumber(kind, id, "illumos");
    const { min, max, step, salt } = algorithm?.keyBits.illumos ?? { min: 0, max: 0, step: 0, salt: 0 };
    return {
      id,
      ivLength: algorithm?.illumosIvLength ?? 0,
      minBits: min - salt,
      maxBits: max - salt,
      reserved: 0,
      increment: step,
      saltBits: salt,
    };
  });
}

/** @throws Refusal with 40 or 44 */
export function checkAuthentication({ supported }: Kernel, id: number, key: KeyExtension): void {
  const algorithm = supportedAlgorithm("authentication", id, supported.authentication);
  if (algorithm === undefined) refuse(Diagnostic.badAuthentication);
  if (!keyBitsAllowed(algorithm, key.bits, "illumos")) {
    refuse(Diagnostic.badAuthenticationKeyBits);
  }
}

/**
 * Gives the bits of salt at the key's end. A sender may leave their number out.
 *
 * @throws Refusal with 41, 45 or 47
 */
export function checkEncryption({ supported }: Kernel, id: number, key: KeyExtension | undefined): number {
  const algorithm = supportedAlgorithm("encryption", id, supported.encryption);
  if (algorithm === undefined) refuse(Diagnostic.badEncryption);
  const { bits = 0, reserved = 0 } = key ?? {};
  const salt = algorithm.keyBits.illumos?.salt ?? 0;
  if (!keyBitsAllowed(algorithm, bits, "illumos") || (reserved !== 0 && reserved !== salt)) {
    refuse(Diagnostic.badEncryptionKeyBits);
  }
  if (key !== undefined && hasWeakKey(algorithm.name, key.key)) {
    refuse(Diagnostic.weakEncryptionKey);
  }
  return salt;
}

function supportedAlgorithm(
  kind: AlgorithmKind,
  id: number,
  numbers: readonly number[],
): Algorithm | undefined {
  return numbers.includes(id) ? algorithmByNumber(kind, id, "illumos") : undefined;
}
