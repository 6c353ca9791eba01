/**
 * A policy as XFRM shows it, as PF_KEY does.
 */
import { policyExtensions, type ShownPolicy, type Template as ShownTemplate } from "@keysock/engine/linux";
import { IpsecMode, type OutgoingExtension, type XfrmExtension, type XfrmTemplate } from "@keysock/wire";
import { addressBytes } from "../address.ts";
import { attributeValue } from "../message.ts";
import { Mode, PolicyAction } from "../numbers.ts";
import type { PolicyInfo } from "../policy-info.ts";
import type { Template } from "../template.ts";
import { isZero } from "./family.ts";
import { countersOf, hardOf, softOf } from "./limits.ts";
import { pfkeyMode } from "./modes.ts";
import { othersOf } from "./others.ts";
import { type Attributes, contextOf, markParts, xfrmExtension } from "./sa-shown.ts";
import { pfkeySelector, selectorTo } from "./selectors.ts";

const all = 0xffff_ffff;
const fullPort = 0xffff;

export function shownPolicy(info: PolicyInfo, message: Attributes): OutgoingExtension[] {
  const { selector, lifetime } = info;
  const templates = attributeValue(message, "tmpl") ?? [];
  const policy: ShownPolicy = {
    selector: pfkeySelector(selector, info.direction),
    discard: info.action === PolicyAction.block,
    priority: info.priority,
    templates: templates.map(shownTemplate),
    hard: hardOf(lifetime),
    soft: softOf(lifetime),
    current: countersOf(info.current),
    id: info.index,
  };
  return [
    ...policyExtensions(policy),
    ...contextOf(message),
    ...xfrmExtension(partsOf(info, message, templates)),
  ];
}

function shownTemplate({ id, family, source, mode, reqid, optional }: Template): ShownTemplate {
  const hasAddresses = mode === Mode.tunnel;
  return {
    protocol: id.protocol,
    mode: pfkeyMode(mode) ?? IpsecMode.any,
    reqid,
    optional: optional !== 0,
    tunnel: hasAddresses
      ? { source: addressBytes(source, family), destination: addressBytes(id.destination, family) }
      : undefined,
  };
}

function partsOf(
  info: PolicyInfo,
  message: Attributes,
  templates: readonly Template[],
): Partial<XfrmExtension> {
  const { selector } = info;
  const policyType = attributeValue(message, "policyType")?.type ?? 0;
  return {
    ...markParts(message),
    ...(isMoreThanPfKeys(selector) && { selector: selectorTo(selector) }),
    ...(policyType !== 0 && { policyType }),
    ...(info.flags !== 0 && { policyFlags: info.flags }),
    ...(info.share !== 0 && { share: info.share }),
    ...(templates.some(saysMore) && { templates: templates.map(moreOf) }),
    ...othersOf(message.attributes),
  };
}

const isMoreThanPfKeys = ({
  sourcePort,
  sourcePortMask,
  destinationPort,
  destinationPortMask,
  interfaceIndex,
  user,
}: PolicyInfo["selector"]): boolean =>
  sourcePortMask !== (sourcePort === 0 ? 0 : fullPort) ||
  destinationPortMask !== (destinationPort === 0 ? 0 : fullPort) ||
  interfaceIndex !== 0 ||
  user !== 0;

/** Whether PF_KEY's request leaves something out. Masks of zeros are those of a policy that PF_KEY made: any will do. */
function saysMore(template: Template): boolean {
  const { mode, share, id, authenticationAlgorithms, encryptionAlgorithms, compressionAlgorithms } = template;
  const masks = [authenticationAlgorithms, encryptionAlgorithms, compressionAlgorithms];
  return (
    pfkeyMode(mode) === undefined ||
    share !== 0 ||
    id.spi !== 0 ||
    !(masks.every((mask) => mask === all) || masks.every((mask) => mask === 0)) ||
    hasHiddenAddresses(template)
  );
}

const hasHiddenAddresses = ({ mode, source, id }: Template): boolean =>
  mode !== Mode.tunnel && !(isZero(source) && isZero(id.destination));

function moreOf(template: Template): XfrmTemplate {
  const { id, family, source, mode, share } = template;
  const hidden = hasHiddenAddresses(template);
  return {
    mode,
    share,
    spi: id.spi,
    authenticationAlgorithms: template.authenticationAlgorithms,
    encryptionAlgorithms: template.encryptionAlgorithms,
    compressionAlgorithms: template.compressionAlgorithms,
    source: hidden ? addressBytes(source, family) : new Uint8Array(),
    destination: hidden ? addressBytes(id.destination, family) : new Uint8Array(),
  };
}
