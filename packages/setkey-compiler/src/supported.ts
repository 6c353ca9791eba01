import { find, type Message, type OutgoingMessage } from "@keysock/wire";

/** Sizes of key that a kernel states for an algorithm. */
export interface KeyRange {
  minBits: number;
  maxBits: number;
}

/** What a kernel offers, by algorithm number. */
export interface Supported {
  authentication: ReadonlyMap<number, KeyRange>;
  encryption: ReadonlyMap<number, KeyRange>;
}

/**
 * What a REGISTER reply offers.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { supportedFrom } from "@keysock/setkey-compiler";
 * import { request } from "@keysock/wire";
 *
 * const reply = request("register", "unspec", [
 *   {
 *     kind: "supportedEncryption",
 *     reserved: 0,
 *     algorithms: [{ id: 12, ivLength: 8, minBits: 128, maxBits: 256, reserved: 0 }],
 *   },
 * ]);
 * assert.deepEqual(supportedFrom(reply).encryption.get(12), { minBits: 128, maxBits: 256 });
 * ```
 */
export function supportedFrom(reply: Message | OutgoingMessage): Supported {
  return {
    authentication: rangesOf(reply, "supportedAuthentication"),
    encryption: rangesOf(reply, "supportedEncryption"),
  };
}

function rangesOf(
  reply: Message | OutgoingMessage,
  kind: "supportedAuthentication" | "supportedEncryption",
): Map<number, KeyRange> {
  const { algorithms = [] } = find(reply, kind) ?? {};
  return new Map(algorithms.map(({ id, minBits, maxBits }) => [id, { minBits, maxBits }]));
}
