import type { Extension } from "./extension.ts";

/** The member of the union `E` that has that `kind`. */
export type OfKind<E extends { kind: string }, K extends string> = E extends { kind: infer Kinds }
  ? K extends Kinds
    ? E & { kind: K }
    : never
  : never;

/**
 * The first extension of that kind; undefined if there is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { find, request } from "@keysock/wire";
 *
 * const add = request("add", "esp", [
 *   { kind: "sa2", mode: 2, reserved1: 0, reserved2: 0, sequence: 0, reqid: 5 },
 * ]);
 * assert.equal(find(add, "sa2")?.reqid, 5);
 * assert.equal(find(add, "sa"), undefined);
 * ```
 */
export function find<E extends { kind: string }, K extends E["kind"] & Extension["kind"]>(
  message: { readonly extensions: readonly E[] },
  kind: K,
): OfKind<E, K> | undefined {
  return message.extensions.find((extension): extension is OfKind<E, K> => extension.kind === kind);
}
