import type { Dialect } from "./dialect.ts";

/**
 * What an errno of the dialect's kernel is called and how its C library words it. A number that it does not have is
 * called E and that number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { errnoOf, linux } from "@keysock/wire";
 *
 * assert.deepEqual(errnoOf(17, linux), { name: "EEXIST", text: "File exists" });
 * assert.deepEqual(errnoOf(200, linux), { name: "E200", text: "Unknown error 200" });
 * ```
 */
export function errnoOf(errno: number, dialect: Dialect): { name: string; text: string } {
  return dialect.tables.errnos.get(errno) ?? { name: `E${errno}`, text: dialect.tables.unknownErrno(errno) };
}
