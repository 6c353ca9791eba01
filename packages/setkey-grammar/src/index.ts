/**
 * The language of setkey(8): text to statements.
 *
 * @packageDocumentation
 */
export type * from "./statement.ts";
