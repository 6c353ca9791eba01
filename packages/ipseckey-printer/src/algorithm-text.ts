import { type AlgorithmKind, algorithmByLinuxName, algorithmByNumber } from "@keysock/algorithms";
import type { Dialect } from "@keysock/wire";
import { printable } from "./printable.ts";

/** The name by which the dialect's kernel is told the algorithm; a kernel that ipseckey never knew has more of them. */
export function algorithmText(kind: AlgorithmKind, number: number, { name: kernel }: Dialect): string {
  const algorithm = algorithmByNumber(kind, number, kernel);
  return algorithm?.ipseckey?.printed ?? algorithm?.name ?? `<unknown ${number}>`;
}

/** An algorithm that Linux calls by a name, with the bits of its ICV where the name does not tell them. */
export function namedAlgorithmText(kind: AlgorithmKind, name: string, icvBits?: number): string {
  const found = algorithmByLinuxName(kind, name, icvBits);
  const algorithm = found?.aead && icvBits === undefined ? undefined : found;
  const word = algorithm?.ipseckey?.printed ?? algorithm?.name;
  if (word !== undefined) return word;
  const bytes = Uint8Array.from(name, (character) => character.charCodeAt(0));
  return `${printable(bytes)}${icvBits === undefined ? "" : `, ICV of ${icvBits} bits`}`;
}
