/**
 * What Linux's PF_KEY checks of a request, and how it shows an SA or a policy: for whatever else answers as it does.
 *
 * @packageDocumentation
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { accept, headerAlone, Refusal, selectorOf, SendRefusedError, walk } from "@keysock/engine/linux";
 * import { decode, encode, linux, request } from "@keysock/wire";
 *
 * const bytes = encode(request("spddelete", "unspec"), linux);
 * assert.throws(() => accept(bytes.subarray(0, 8), linux), SendRefusedError);
 * assert.equal(accept(bytes, linux).type, 15);
 * walk(bytes, linux);
 * try {
 *   selectorOf(decode(bytes, linux).message);
 * } catch (error) {
 *   assert(error instanceof Refusal);
 *   assert.equal(decode(headerAlone(bytes, error.errno, linux), linux).message.errno, 22);
 * }
 * ```
 */
export { clearSequence, type Header, headerAlone } from "./header.ts";
export type { Counters, Limits } from "./lifetime.ts";
export { accept } from "./linux/accept.ts";
export { addressExtension, addressOf, addressPair, sockaddr } from "./linux/address.ts";
export { offer } from "./linux/algorithms.ts";
export { Errno } from "./linux/errno.ts";
export { kmAddressOf, migrateExtensions } from "./linux/migrate.ts";
export { type EndPoints, type Migration, migrationsIn } from "./linux/migration.ts";
export type { AskedPolicy, Selector, ShownPolicy, Template } from "./linux/policy.ts";
export { policyExtensions } from "./linux/policy-message.ts";
export { Protocol, protocolOf, saTypeOf } from "./linux/protocol.ts";
export type { SaKey, ShownSa } from "./linux/sa.ts";
export { expireExtensions, saExtensions } from "./linux/sa-message.ts";
export { type AskedSa, askedSa, modeOf } from "./linux/sa-request.ts";
export { selectorOf } from "./linux/selector.ts";
export { askedPolicy } from "./linux/spd-add.ts";
export { policyIdOf } from "./linux/spd-get-delete.ts";
export type { Reqids } from "./linux/templates.ts";
export { walk } from "./linux/walker.ts";
export type { SupportedNumbers } from "./personality.ts";
export { Refusal } from "./refusal.ts";
export { SendRefusedError } from "./send-refused-error.ts";
