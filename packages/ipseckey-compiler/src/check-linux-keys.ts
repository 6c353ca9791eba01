import {
  type Algorithm,
  algorithmByNumber,
  hasWeakKey,
  keyBitsAllowed,
  keyBitsText,
} from "@keysock/algorithms";
import type { Attribute, KeyValue } from "@keysock/ipseckey-grammar";
import { nullCipher, type Parameters, SaTypeNumber, wordTokenOf } from "./parameters.ts";
import { ours } from "./problem.ts";
import { note, type Reading } from "./reading.ts";

/** Notes that a key is missing, too much or not what it should be. */
type Bad = (message: string, at: Attribute["name"]) => void;

/**
 * Linux takes HMAC keys of any length, weak DES keys, an HMAC without a key and a key that nothing needs; illumos does not, and
 * ipseckey's manual page promises that weak keys are refused.
 */
export function checkLinuxKeys(reading: Reading, parameters: Parameters): void {
  const bad: Bad = (message, at) =>
    note(reading, wordTokenOf(parameters, at), { ...ours({ code: "bad-key", message }), secret: true });
  checkAuthenticationKey(parameters, bad);
  const encrkey = parameters.keys.get("encrkey");
  if (parameters.saType === SaTypeNumber.esp) checkEncryptionKey(parameters, encrkey, bad);
  else if (encrkey) bad("Encryption key not needed.", "encrkey");
}

function checkAuthenticationKey({ keys, authentication = 0 }: Parameters, bad: Bad): void {
  const key = keys.get("authkey");
  const algorithm = algorithmByNumber("authentication", authentication, "linux");
  if (authentication === 0) {
    if (key) bad("Authentication key not needed: no authalg found.", "authkey");
  } else if (key === undefined) {
    if (algorithm?.keyBits.linux?.max !== 0) bad("Missing authentication key.", "auth-algorithm");
  } else if (!hasRightSize(algorithm, key)) {
    bad(wrongSize("authentication", algorithm!, key), "authkey");
  }
}

function checkEncryptionKey({ encryption }: Parameters, key: KeyValue | undefined, bad: Bad): void {
  const number = encryption || nullCipher;
  const algorithm = algorithmByNumber("encryption", number, "linux");
  if (number === nullCipher) return;
  if (key === undefined) {
    bad("Missing encryption key.", "encryption-algorithm");
  } else if (!hasRightSize(algorithm, key)) {
    bad(wrongSize("encryption", algorithm!, key), "encrkey");
  } else if (algorithm !== undefined && hasWeakKey(algorithm.name, key.bytes)) {
    bad("Weak encryption key.", "encrkey");
  }
}

/** Of an algorithm that is not in our tables the kernel knows more. */
const hasRightSize = (algorithm: Algorithm | undefined, { bits }: KeyValue): boolean =>
  algorithm?.keyBits.linux === undefined || keyBitsAllowed(algorithm, bits, "linux");

const wrongSize = (kind: string, algorithm: Algorithm, { bits }: KeyValue): string =>
  `Bad number of ${kind} bits: ${bits} found, ${algorithm.name} takes ${keyBitsText(algorithm, "linux")}.`;
