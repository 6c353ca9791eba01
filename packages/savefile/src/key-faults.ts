/**
 * Keys that Linux takes and ipseckey's `add` does not.
 */
import {
  type AlgorithmKind,
  algorithmByNumber,
  hasWeakKey,
  keyBitsAllowed,
  keyBitsText,
} from "@keysock/algorithms";
import { find, type Message } from "@keysock/wire";

/** Why a key keeps the SA from being loaded; undefined if none does. */
export function keyFault(message: Message): string | undefined {
  const { authentication = 0, encryption = 0 } = find(message, "sa") ?? {};
  return (
    faultOf("authentication", authentication, find(message, "keyAuthentication")) ??
    faultOf("encryption", encryption, find(message, "keyEncryption"))
  );
}

function faultOf(
  kind: AlgorithmKind,
  number: number,
  key: { bits: number; key: Uint8Array } | undefined,
): string | undefined {
  const algorithm = algorithmByNumber(kind, number, "linux");
  // Of an algorithm that is not in our tables the kernel knows more.
  if (key === undefined || algorithm?.keyBits.linux === undefined) return undefined;
  if (!keyBitsAllowed(algorithm, key.bits, "linux")) {
    return `its key for ${algorithm.name} has ${key.bits} bits: ${keyBitsText(algorithm, "linux")} are taken`;
  }
  return hasWeakKey(algorithm.name, key.key) ? `its key for ${algorithm.name} is weak` : undefined;
}
