import { find, type Message, PolicyType } from "@keysock/wire";
import type { Request } from "../core.ts";
import { newCounters } from "../lifetime.ts";
import { Refusal } from "../refusal.ts";
import { agePolicy, withdrawPolicy } from "./ageing.ts";
import { Errno } from "./errno.ts";
import type { Handler, Kernel } from "./kernel.ts";
import { linuxLimits } from "./limits.ts";
import { tellPolicy } from "./notify.ts";
import type { AskedPolicy, Policy } from "./policy.ts";
import { selectorOf } from "./selector.ts";
import { type Reqids, templatesOf } from "./templates.ts";

/** SPDSETIDX does the same, and its reply says SPDADD. */
export const spdadd: Handler = (kernel, request) => {
  const policy = policyOf(kernel, request);
  if (kernel.spd.find(policy.selector) !== undefined) throw new Refusal(Errno.EEXIST);
  kernel.spd.insert(policy);
  agePolicy(kernel, policy);
  tellPolicy(kernel, request.header, "spdadd", policy, "all");
};

/** Creates the policy, or replaces the one with its selector and keeps that one's id. */
export const spdupdate: Handler = (kernel, request) => {
  const policy = policyOf(kernel, request);
  const replaced = kernel.spd.insert(policy);
  if (replaced !== undefined) withdrawPolicy(kernel, replaced);
  agePolicy(kernel, policy);
  tellPolicy(kernel, request.header, "spdupdate", policy, "all");
};

function policyOf(kernel: Kernel, { message }: Request): Policy {
  const now = kernel.clock.now();
  return {
    ...askedPolicy(message, kernel.spd),
    current: newCounters(now),
    id: 0,
    madeAt: now,
    usedAt: undefined,
    alarm: undefined,
    place: undefined,
  };
}

/**
 * What a request about a policy asks for.
 *
 * @throws Refusal
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { addressExtension, askedPolicy } from "@keysock/engine/linux";
 * import { decode, encode, linux, PolicyDirection, PolicyType, request } from "@keysock/wire";
 *
 * const source = addressExtension("addressSource", Uint8Array.of(192, 0, 2, 1), 0);
 * const destination = addressExtension("addressDestination", Uint8Array.of(192, 0, 2, 2), 0);
 * const policy = {
 *   kind: "policy", policyType: PolicyType.ipsec, direction: PolicyDirection.out, reserved: 0, id: 0, priority: 0,
 *   requests: [{ protocol: 50, mode: 1, level: 3, reserved1: 0, reqid: 0, reserved2: 0 }],
 * } as const;
 * const { message } = decode(encode(request("spdadd", "unspec", [source, destination, policy]), linux), linux);
 * // Level 3 is unique: who asks for no reqid gets one.
 * assert.equal(askedPolicy(message, { newReqid: () => 16384 }).templates[0]?.reqid, 16384);
 * ```
 */
export function askedPolicy(message: Message, reqids: Reqids): AskedPolicy {
  const selector = selectorOf(message);
  const extension = find(message, "policy");
  // Entrust and bypass are for sockets.
  if (extension === undefined || extension.policyType > PolicyType.ipsec) throw new Refusal(Errno.EINVAL);
  const { policyType, priority } = extension;
  return {
    selector,
    discard: policyType === PolicyType.discard,
    priority,
    templates: policyType === PolicyType.ipsec ? templatesOf(extension, reqids) : [],
    hard: linuxLimits(message, "lifetimeHard"),
    soft: linuxLimits(message, "lifetimeSoft"),
  };
}
