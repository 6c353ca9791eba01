/**
 * SAs to text that ipseckey(1M) loads again.
 *
 * @packageDocumentation
 */
export type * from "./options.ts";
export * from "./save-entry.ts";
export * from "./save-file.ts";
export * from "./unsavable-error.ts";
