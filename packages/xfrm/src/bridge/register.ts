import {
  type Algorithm,
  type AlgorithmKind,
  authenticationAlgorithms,
  encryptionAlgorithms,
  pfkeyAlgorithms,
} from "@keysock/algorithms";
import { offer } from "@keysock/engine/linux";
import type { OutgoingExtension } from "@keysock/wire";

/**
 * What REGISTER is answered with: XFRM has no such list, so it is everything that a Linux may have, in a kernel's order;
 * what PF_KEY could not set comes last. An algorithm that this kernel lacks shows when an SA is added.
 */
export const registerExtensions = (): OutgoingExtension[] => [
  supported("supportedAuthentication", "authentication", authenticationAlgorithms),
  supported("supportedEncryption", "encryption", encryptionAlgorithms),
];

function supported(
  kind: "supportedAuthentication" | "supportedEncryption",
  algorithms: AlgorithmKind,
  rows: readonly Algorithm[],
): OutgoingExtension {
  const numbered = [...pfkeyAlgorithms(algorithms, "linux"), ...rows.filter(({ xfrmOnly }) => xfrmOnly)];
  const numbers = numbered.flatMap(({ numbers }) => (numbers.linux === undefined ? [] : [numbers.linux]));
  return { kind, reserved: 0, algorithms: offer(algorithms, numbers) };
}
