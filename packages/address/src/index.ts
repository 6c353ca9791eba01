/**
 * IP addresses as text and bytes, the way inet_pton(3) and inet_ntop(3) do it; prefixes and scopes.
 *
 * @packageDocumentation
 */
export * from "./address.ts";
export * from "./kind.ts";
export * from "./legacy-inet.ts";
export * from "./prefix.ts";
export * from "./scoped.ts";
export * from "./v4-mapped.ts";
