/**
 * PF_KEY messages to the text of ipseckey(1M): `get`, `dump`, the monitors, `-v`, and what the program says besides.
 *
 * @packageDocumentation
 */
export * from "./diagnostic.ts";
export * from "./dump.ts";
export * from "./help.ts";
export * from "./message-text.ts";
export * from "./monitor.ts";
export type * from "./options.ts";
export * from "./refusal.ts";
export * from "./usage.ts";
export * from "./verbose.ts";
