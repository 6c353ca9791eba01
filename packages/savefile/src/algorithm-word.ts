import { type AlgorithmKind, algorithmByNumber } from "@keysock/algorithms";
import type { Dialect } from "@keysock/wire";

/** The word by which ipseckey takes the algorithm; the number where it has none. */
export const algorithmWord = (kind: AlgorithmKind, number: number, { name: kernel }: Dialect): string =>
  algorithmByNumber(kind, number, kernel)?.ipseckey?.names[0] ?? `${number}`;
