/**
 * A policy as Linux shows it.
 */
import { IpsecLevel, IpsecMode, type IpsecRequest, type OutgoingExtension, PolicyType } from "@keysock/wire";
import { countersExtension, limitsExtension } from "../lifetime.ts";
import { addressExtension, sockaddr } from "./address.ts";
import type { ShownPolicy, Template } from "./policy.ts";

const anyProtocol = 255;
const requestBytes = 16;

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
  const request: IpsecRequest = {
    length: requestBytes,
    protocol: template.protocol,
    mode: template.mode,
    level: levelOf(template),
    reserved1: 0,
    reqid: template.reqid,
    reserved2: 0,
  };
  if (template.mode !== IpsecMode.tunnel || template.tunnel === undefined) return request;
  const source = sockaddr(template.tunnel.source);
  const destination = sockaddr(template.tunnel.destination);
  const { length, ...rest } = request;
  return { ...rest, source, destination };
}

function levelOf(template: Template): number {
  if (template.optional) return IpsecLevel.use;
  return template.reqid === 0 ? IpsecLevel.require : IpsecLevel.unique;
}
