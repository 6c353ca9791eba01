import { find, type Message } from "@keysock/wire";
import type { Request } from "../core.ts";
import { Refusal } from "../refusal.ts";
import { withdrawPolicy } from "./ageing.ts";
import { Errno } from "./errno.ts";
import type { Handler, Kernel } from "./kernel.ts";
import { tellPolicy } from "./notify.ts";
import type { Policy } from "./policy.ts";
import { selectorOf } from "./selector.ts";

const directionMask = 7;
const directions = 3;

/** Only the sender gets the answer. */
export const spdget: Handler = (kernel, request, from) => {
  tellPolicy(kernel, request.header, "spdget", policyById(kernel, request), "one", from);
};

/** By selector and direction. */
export const spddelete: Handler = (kernel, request) => {
  const policy = kernel.spd.find(selectorOf(request.message));
  if (policy === undefined) throw new Refusal(Errno.ENOENT);
  withdrawPolicy(kernel, policy);
  tellPolicy(kernel, request.header, "spddelete", policy, "all");
};

/** By id. */
export const spddelete2: Handler = (kernel, request) => {
  const policy = policyById(kernel, request);
  withdrawPolicy(kernel, policy);
  tellPolicy(kernel, request.header, "spddelete2", policy, "all");
};

function policyById(kernel: Kernel, { message }: Request): Policy {
  const policy = kernel.spd.findById(policyIdOf(message));
  if (policy === undefined) throw new Refusal(Errno.ENOENT);
  return policy;
}

/**
 * The id that a request names. Its lowest bits are the direction; those above the three are for policies of sockets.
 *
 * @throws Refusal with EINVAL
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { policyIdOf } from "@keysock/engine/linux";
 * import { decode, encode, linux, PolicyDirection, PolicyType, request } from "@keysock/wire";
 *
 * const policy = {
 *   kind: "policy", policyType: PolicyType.ipsec, direction: PolicyDirection.out, reserved: 0, id: 9, priority: 0,
 *   requests: [],
 * } as const;
 * const { message } = decode(encode(request("spdget", "unspec", [policy]), linux), linux);
 * assert.equal(policyIdOf(message), 9);
 * ```
 */
export function policyIdOf(message: Message): number {
  const named = find(message, "policy");
  if (named === undefined || (named.id & directionMask) >= directions) throw new Refusal(Errno.EINVAL);
  return named.id;
}
