import { find, type Message, PolicyDirection } from "@keysock/wire";
import { Refusal } from "../refusal.ts";
import { addressOf, addressPair, portOf } from "./address.ts";
import { Errno } from "./errno.ts";
import type { Selector } from "./policy.ts";

const anyProtocol = 255;

/**
 * What a message about a policy says of it: addresses, and the direction of its POLICY.
 *
 * @throws Refusal with EINVAL
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { addressExtension, selectorOf } from "@keysock/engine/linux";
 * import { decode, encode, linux, PolicyDirection, PolicyType, request } from "@keysock/wire";
 *
 * const source = addressExtension("addressSource", Uint8Array.of(192, 0, 2, 1), 0);
 * const destination = addressExtension("addressDestination", Uint8Array.of(192, 0, 2, 2), 0);
 * const policy = {
 *   kind: "policy", policyType: PolicyType.ipsec, direction: PolicyDirection.out, reserved: 0, id: 0, priority: 0,
 *   requests: [],
 * } as const;
 * const { message } = decode(encode(request("spddelete", "unspec", [source, destination, policy]), linux), linux);
 * const { direction, sourcePrefixLength } = selectorOf(message);
 * assert.deepEqual([direction, sourcePrefixLength], [2, 32]);
 * ```
 */
export function selectorOf(message: Message): Selector {
  const { source, destination } = addressPair(message);
  const policy = find(message, "policy");
  if (policy === undefined) throw new Refusal(Errno.EINVAL);
  const { direction } = policy;
  if (direction < PolicyDirection.in || direction > PolicyDirection.fwd) throw new Refusal(Errno.EINVAL);
  return {
    direction,
    source: addressOf(source.sockaddr),
    sourcePrefixLength: source.prefixLength,
    sourcePort: portOf(source.sockaddr),
    destination: addressOf(destination.sockaddr),
    destinationPrefixLength: destination.prefixLength,
    destinationPort: portOf(destination.sockaddr),
    // Both addresses have one; the destination's counts.
    protocol: destination.protocol === anyProtocol ? 0 : destination.protocol,
  };
}
