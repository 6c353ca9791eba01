/**
 * What an IPsec command asks its machine.
 *
 * @packageDocumentation
 */
export type * from "./host.ts";
