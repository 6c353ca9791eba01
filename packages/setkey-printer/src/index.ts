/**
 * PF_KEY messages to the text of setkey(8): listings, the short listing, the monitor and the result of a statement.
 *
 * @packageDocumentation
 */
export * from "./hex-dump.ts";
export * from "./kdebug.ts";
export * from "./monitor-entry.ts";
export * from "./result.ts";
export * from "./sa-entry.ts";
export * from "./short-entry.ts";
export * from "./sp-entry.ts";
export * from "./timestamp.ts";
