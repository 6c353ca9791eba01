/**
 * The command ipseckey as a function.
 *
 * @packageDocumentation
 */
export type { Files } from "./files.ts";
export { type Io, OutputError, processIo } from "./io.ts";
export type { Connect, Connection } from "./program.ts";
export { run } from "./run.ts";
