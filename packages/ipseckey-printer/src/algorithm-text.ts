import { type AlgorithmKind, algorithmByNumber } from "@keysock/algorithms";
import type { Dialect } from "@keysock/wire";

/** The name by which the dialect's kernel is told the algorithm; a kernel that ipseckey never knew has more of them. */
export function algorithmText(kind: AlgorithmKind, number: number, { name: kernel }: Dialect): string {
  const algorithm = algorithmByNumber(kind, number, kernel);
  return algorithm?.ipseckey?.printed ?? algorithm?.name ?? `<unknown ${number}>`;
}
