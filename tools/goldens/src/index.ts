/**
 * The recorded runs of the original tools, as values.
 *
 * @packageDocumentation
 */
export * from "./ipseckey-case.ts";
export * from "./probes.ts";
export * from "./recorded-case.ts";
export * from "./txtar.ts";
