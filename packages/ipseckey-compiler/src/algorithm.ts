import {
  type Algorithm,
  algorithmByIpseckeyName,
  algorithmByNumber,
  authenticationAlgorithms,
  encryptionAlgorithms,
} from "@keysock/algorithms";
import type { AlgorithmAttribute } from "@keysock/ipseckey-grammar";
import type { Dialect } from "@keysock/wire";

export type AlgorithmKind = "authentication" | "encryption";

const tables: Readonly<Record<AlgorithmKind, readonly Algorithm[]>> = {
  authentication: authenticationAlgorithms,
  encryption: encryptionAlgorithms,
};

/**
 * The number of an algorithm in a dialect's kernel; undefined: the word is none. Words are those of illumos's ipsecalgs; for Linux
 * also our own names of the algorithms that only Linux has.
 */
export function algorithmNumber(
  kind: AlgorithmKind,
  { text, number }: NonNullable<AlgorithmAttribute["value"]>,
  { name: kernel }: Dialect,
): number | undefined {
  const row =
    algorithmByIpseckeyName(kind, text) ??
    (kernel === "linux" ? tables[kind].find(({ name }) => name === text.toLowerCase()) : undefined);
  return row?.numbers[kernel] ?? (number !== undefined && number <= 0xffn ? Number(number) : undefined);
}

/** The words that {@link algorithmNumber} takes. */
export const algorithmWords = (kind: AlgorithmKind): string[] =>
  tables[kind].flatMap(({ ipseckey }) => ipseckey?.names ?? []);

/** The name of a counter mode, whose nonces must never come again with the same key; undefined for any other. */
export function counterMode(number: number, { name: kernel }: Dialect): string | undefined {
  const row = algorithmByNumber("encryption", number, kernel);
  return row?.keyBits[kernel]?.salt ? (row.ipseckey?.printed ?? row.name) : undefined;
}
