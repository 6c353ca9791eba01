/**
 * Algorithm names, numbers and key sizes of setkey and ipseckey, per kernel.
 *
 * @packageDocumentation
 */
export type * from "./algorithm.ts";
export * from "./authentication.ts";
export * from "./compression.ts";
export * from "./des.ts";
export * from "./encryption.ts";
export * from "./key-bits.ts";
export * from "./lookup.ts";
