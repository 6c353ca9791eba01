/**
 * Algorithm names, numbers and key sizes of setkey and ipseckey, per kernel.
 *
 * @packageDocumentation
 */
export type * from "./algorithm.ts";
