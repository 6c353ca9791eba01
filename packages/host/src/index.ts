/**
 * What an IPsec command asks its machine.
 *
 * @packageDocumentation
 */
export type * from "./host.ts";
export type { ProtocolRow } from "./protocols.ts";
export { type ResolveCode, ResolveError } from "./resolve-error.ts";
export { type HostTables, type ServiceRow, type TableHost, tableHost } from "./table-host.ts";
