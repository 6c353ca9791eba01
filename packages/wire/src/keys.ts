import type { OutgoingExtension } from "./extension.ts";
import type { Message, OutgoingMessage } from "./message.ts";

/** KEY_AUTH and KEY_ENCRYPT (RFC 2367 section 3.2), and illumos's STR_AUTH (net/pfkeyv2.h). */
const keyExtensionTypes: readonly (number | undefined)[] = [8, 9, 28];

const holdsKey = (extension: OutgoingExtension): boolean =>
  "key" in extension || (extension.kind === "raw" && keyExtensionTypes.includes(extension.type));

/**
 * The message without its key extensions, also those that could not be read.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { request, withoutKeys } from "@keysock/wire";
 *
 * const key = { kind: "keyAuthentication", bits: 8, reserved: 0, key: Uint8Array.of(0x5a) } as const;
 * assert.deepEqual(withoutKeys(request("add", "ah", [key])).extensions, []);
 * ```
 */
export function withoutKeys<M extends Message | OutgoingMessage>(message: M): M {
  return { ...message, extensions: message.extensions.filter((extension) => !holdsKey(extension)) };
}

/**
 * The arrays in which the message holds key bytes, or what may be such: for whoever overwrites them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { keyBytes, request } from "@keysock/wire";
 *
 * const key = Uint8Array.of(0x5a);
 * const add = request("add", "ah", [{ kind: "keyAuthentication", bits: 8, reserved: 0, key }]);
 * for (const bytes of keyBytes(add)) bytes.fill(0);
 * assert.deepEqual(key, Uint8Array.of(0));
 * ```
 */
export function keyBytes({ extensions }: OutgoingMessage): Uint8Array[] {
  return extensions
    .filter(holdsKey)
    .flatMap((extension) => Object.values(extension).filter((value) => value instanceof Uint8Array));
}
