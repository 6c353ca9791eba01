import type { Dialect, Extension, ProblemReason } from "@keysock/wire";

/** A line for standard error. */
export const warningLine = (text: string): string => `ipseckey: WARNING: ${text}\n`;

type Shape = readonly [name: string, length: number];

/** `struct sadb_sa` and `struct sadb_lifetime` by extension number (RFC 2367 sections 2.3.1 and 2.3.2), in units of 8 bytes. */
const shapes: ReadonlyMap<number, Shape> = new Map([
  [1, ["SA info", 2]],
  [2, ["CURRENT lifetime", 4]],
  [3, ["HARD lifetime", 4]],
  [4, ["SOFT lifetime", 4]],
]);
const illumosShapes: ReadonlyMap<number, Shape> = new Map([[26, ["IDLE lifetime", 4]]]);

/** What is wrong with the length of an extension that has one length only. */
export function lengthWarning({ type, length }: Extension, dialect: Dialect): string | undefined {
  const shape = shapes.get(type) ?? (dialect.name === "illumos" ? illumosShapes.get(type) : undefined);
  if (shape === undefined || shape[1] === length) return undefined;
  return warningLine(`${shape[0]} extension length (${length * 8}) is bad.`);
}

/** Where the extensions do not add up to the message. */
const corrupt: ReadonlySet<ProblemReason> = new Set([
  "header-short",
  "message-length-short",
  "message-truncated",
  "extension-header-short",
  "extension-length-zero",
  "extension-past-end",
]);

/** What is wrong with the message as a whole. */
export const corruptionWarning = (reasons: readonly ProblemReason[]): string | undefined =>
  reasons.some((reason) => corrupt.has(reason))
    ? warningLine("insufficient buffer space or corrupt message.")
    : undefined;
