/**
 * The command setkey as a function.
 *
 * @packageDocumentation
 */
export { type Io, OutputError, processIo } from "./io.ts";
export type { Connect, Connection } from "./program.ts";
export { run } from "./run.ts";
