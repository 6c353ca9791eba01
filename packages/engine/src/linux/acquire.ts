/**
 * A packet meets a policy for which there is no SA: the kernel asks key management for one.
 */
import { type OutgoingExtension, PolicyDirection, PolicyType } from "@keysock/wire";
import { sameAddress } from "../address.ts";
import { seconds } from "../lifetime.ts";
import { NoOutboundPolicyError, type Packet, type Resolution } from "../packet.ts";
import { addressExtension } from "./address.ts";
import { agePolicy, install } from "./ageing.ts";
import { announce } from "./delivery.ts";
import type { Kernel } from "./kernel.ts";
import { createLarval } from "./larval.ts";
import type { Policy, Template } from "./policy.ts";
import { prefixMatches } from "./prefix.ts";
import { Protocol, saTypeOf } from "./protocol.ts";
import type { Sa } from "./sa.ts";
import type { Wanted } from "./sadb.ts";

const replayWindow = 32;

/** @throws NoOutboundPolicyError */
export function resolve(kernel: Kernel, packet: Packet): Resolution {
  const policy = kernel.spd.findById(packet.policy);
  if (policy?.selector.direction !== PolicyDirection.out) throw new NoOutboundPolicyError(packet.policy);
  policy.usedAt = kernel.clock.now();
  policy.current.useTime = seconds(policy.usedAt);
  agePolicy(kernel, policy);
  for (const template of policy.templates) {
    const resolution = resolveTemplate(kernel, policy, template, packet);
    if (resolution !== "ready" && !template.optional) return resolution;
  }
  return "ready";
}

function resolveTemplate(kernel: Kernel, policy: Policy, template: Template, packet: Packet): Resolution {
  const { protocol, mode, reqid } = template;
  const { source, destination } = template.tunnel ?? packet;
  const wanted = { protocol, mode, reqid, source, destination };
  const found = search(kernel, wanted, packet.source);
  if (found !== undefined) return found;
  // Nobody would answer, and larval SAs would pile up.
  if (![...kernel.endpoints].some((endpoint) => endpoint.registered !== 0)) return "refused";
  kernel.acquireSequence = (kernel.acquireSequence + 1) >>> 0 || 1;
  const larval = createLarval(wanted, kernel.clock.now(), packet.source, kernel.acquireSequence);
  install(kernel, larval);
  announce(
    kernel,
    {
      type: "acquire",
      saType: saTypeOf(protocol),
      sequence: larval.sequence,
      pid: 0,
      extensions: acquireExtensions(policy, wanted),
    },
    "registered",
  );
  return "acquiring";
}

/** What there is already of what is wanted: an SA that carries the packet, or one that is being negotiated. */
function search(kernel: Kernel, wanted: Wanted, packetSource: Uint8Array): Resolution | undefined {
  let resolution: Resolution | undefined;
  const walk = kernel.sadb.walk();
  for (let sa = walk(); sa !== undefined; sa = walk()) {
    if (!serves(sa, wanted)) continue;
    if (sa.state === "larval") resolution = "pending";
    else if (sa.state === "failed") resolution ??= "refused";
    else if (prefixMatches(packetSource, sa.inner.source, sa.inner.prefixLength)) return "ready";
  }
  return resolution;
}

/** A source of zeros stands for any. */
function serves(sa: Sa, { protocol, mode, reqid, source, destination }: Wanted): boolean {
  return (
    sa.protocol === protocol &&
    sa.mode === mode &&
    sa.reqid === reqid &&
    sameAddress(sa.destination, destination) &&
    (sameAddress(sa.source, source) || sa.source.every((byte) => byte === 0))
  );
}

/** The proposal is empty: a policy that was set over PF_KEY names no algorithms. */
function acquireExtensions(policy: Policy, { protocol, source, destination }: Wanted): OutgoingExtension[] {
  const extensions: OutgoingExtension[] = [
    addressExtension("addressSource", source, 0),
    addressExtension("addressDestination", destination, 0),
    {
      kind: "policy",
      policyType: PolicyType.ipsec,
      direction: PolicyDirection.out,
      reserved: 0,
      id: policy.id,
      priority: policy.priority,
      requests: [],
    },
  ];
  if (protocol === Protocol.ah || protocol === Protocol.esp) {
    extensions.push({ kind: "proposal", replay: replayWindow, reserved: 0, combinations: [] });
  }
  return extensions;
}
