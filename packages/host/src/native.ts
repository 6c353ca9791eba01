/**
 * The machine that the program runs on.
 *
 * @packageDocumentation
 */
import { loadCLibrary } from "./c-library.ts";
import { hostOver } from "./c-library-host.ts";
import type { Host } from "./host.ts";

/**
 * The machine that the program runs on, through its C library (Linux, glibc or musl). koffi is loaded here, not on import.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { nativeHost } from "@keysock/host/native";
 *
 * const host = nativeHost();
 * assert.equal(host.protocolNumber("esp"), 50);
 * assert.deepEqual(host.resolve("192.0.2.1")[0]?.address, Uint8Array.of(192, 0, 2, 1));
 * ```
 */
export function nativeHost(): Host {
  return hostOver(loadCLibrary());
}
