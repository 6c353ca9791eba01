import type { OutgoingExtension } from "./extension.ts";
import type { MessageType, OutgoingMessage, SaType } from "./message.ts";

/**
 * A message as a sender begins it: version 2, and zero in every other field of the header.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { request } from "@keysock/wire";
 *
 * assert.deepEqual(request("dump", "unspec"), {
 *   version: 2, type: "dump", saType: "unspec", errno: 0, reserved: 0, sequence: 0, pid: 0, extensions: [],
 * });
 * ```
 */
export function request(
  type: MessageType | number,
  saType: SaType | number,
  extensions: readonly OutgoingExtension[] = [],
): OutgoingMessage {
  return { version: 2, type, saType, errno: 0, reserved: 0, sequence: 0, pid: 0, extensions };
}
