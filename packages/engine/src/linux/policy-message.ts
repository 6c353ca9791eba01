/**
 * A policy as Linux shows it.
 */
import { IpsecLevel, IpsecMode, type IpsecRequest, type OutgoingExtension, PolicyType } from "@keysock/wire";
import { countersExtension, limitsExtension } from "../lifetime.ts";
import { addressExtension, sockaddr } from "./address.ts";
import type { ShownPolicy, Template } from "./policy.ts";

const anyProtocol = 255;
const requestBytes = 16;

/**
 * All that a message about a policy shows of it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { policyExtensions } from "@keysock/engine/linux";
 *
 * const limits = { allocations: 0, bytes: 0n, addTime: 0n, useTime: 0n };
 * const extensions = policyExtensions({
 *   selector: {
 *     ...{ direction: 2, protocol: 0 },
 *     ...{ source: Uint8Array.of(10, 0, 1, 0), sourcePrefixLength: 24, sourcePort: 0 },
 *     ...{ destination: Uint8Array.of(10, 0, 2, 0), destinationPrefixLength: 24, destinationPort: 0 },
 *   },
 *   ...{ id: 8, discard: true, priority: 0, templates: [], hard: limits, soft: limits },
 *   current: { allocations: 0, bytes: 0n, addTime: 0, useTime: 0 },
 * });
 * assert.deepEqual(extensions.map(({ kind }) => kind), [
 *   ...["addressSource", "addressDestination"],
 *   ...["lifetimeHard", "lifetimeSoft", "lifetimeCurrent", "policy"],
 * ]);
 * ```
 */
export function policyExtensions(policy: ShownPolicy): OutgoingExtension[] {
  const { selector } = policy;
  const protocol = selector.protocol === 0 ? anyProtocol : selector.protocol;
  return [
    addressExtension(
      "addressSource",
      selector.source,
      protocol,
      selector.sourcePrefixLength,
      selector.sourcePort,
    ),
    addressExtension(
      "addressDestination",
      selector.destination,
      protocol,
      selector.destinationPrefixLength,
      selector.destinationPort,
    ),
    limitsExtension("lifetimeHard", policy.hard),
    limitsExtension("lifetimeSoft", policy.soft),
    countersExtension(policy.current),
    {
      kind: "policy",
      policyType: typeOf(policy),
      direction: selector.direction,
      reserved: 0,
      id: policy.id,
      priority: policy.priority,
      requests: policy.templates.map(requestOf),
    },
  ];
}

function typeOf(policy: ShownPolicy): number {
  if (policy.discard) return PolicyType.discard;
  return policy.templates.length === 0 ? PolicyType.none : PolicyType.ipsec;
}

function requestOf(template: Template): IpsecRequest {
  const { protocol, mode, reqid, tunnel } = template;
  const level = levelOf(template);
  if (mode !== IpsecMode.tunnel || tunnel === undefined) {
    return { length: requestBytes, protocol, mode, level, reserved1: 0, reqid, reserved2: 0 };
  }
  const source = sockaddr(tunnel.source);
  const destination = sockaddr(tunnel.destination);
  return { protocol, mode, level, reserved1: 0, reqid, reserved2: 0, source, destination };
}

function levelOf(template: Template): number {
  if (template.optional) return IpsecLevel.use;
  return template.reqid === 0 ? IpsecLevel.require : IpsecLevel.unique;
}
