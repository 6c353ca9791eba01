/**
 * What PF_KEY asks about policies, in XFRM's words (`struct sadb_x_policy` of linux/pfkeyv2.h, `struct xfrm_userpolicy_*`
 * and `struct xfrm_user_tmpl` of linux/xfrm.h).
 */
import {
  askedPolicy,
  Errno,
  type Selector as PfKeySelector,
  type Template as PfKeyTemplate,
  policyIdOf,
  Refusal,
  type Reqids,
  selectorOf,
} from "@keysock/engine/linux";
import { find, IpsecMode, type Message, type XfrmExtension, type XfrmTemplate } from "@keysock/wire";
import type { Attribute } from "../attribute.ts";
import { PolicyAction } from "../numbers.ts";
import type { PolicyId } from "../policy-id.ts";
import type { PolicyInfo } from "../policy-info.ts";
import type { Selector } from "../selector.ts";
import type { Template } from "../template.ts";
import { familyOf, noAddress } from "./family.ts";
import { lifetimeOf, noCurrent } from "./limits.ts";
import type { Question } from "./line.ts";
import { pfkeyMode, xfrmMode } from "./modes.ts";
import { otherAttributes } from "./others.ts";
import { contextAttribute, markAttribute } from "./sa-question.ts";
import { selectorFrom, wildcard } from "./selectors.ts";

/** Of a template without masks of its own: whatever algorithm will do. */
const anyAlgorithm = 0xffff_ffff;
/** The lowest bits of a policy's id are its direction. */
const directionMask = 7;
const fullPort = 0xffff;

/** SPDADD, SPDUPDATE and SPDSETIDX. @throws Refusal */
export function newPolicyQuestion(
  type: "newPolicy" | "updPolicy",
  message: Message,
  reqids: Reqids,
): Question & { body: PolicyInfo } {
  const xfrm = find(message, "xfrm");
  const policy = askedPolicy(withKnownModes(message, xfrm), reqids);
  const selector = selectorIn(policy.selector, xfrm);
  const body: PolicyInfo = {
    selector,
    lifetime: lifetimeOf(policy.hard, policy.soft),
    current: noCurrent,
    priority: policy.priority,
    index: 0,
    direction: policy.selector.direction - 1,
    action: policy.discard ? PolicyAction.block : PolicyAction.allow,
    flags: xfrm?.policyFlags ?? 0,
    share: xfrm?.share ?? 0,
  };
  const templates = templatesFrom(policy.templates, familyOf(policy.selector.source), xfrm);
  const attributes: Attribute[] = [
    ...(templates.length === 0 ? [] : [{ kind: "tmpl", value: templates } as const]),
    ...contextAttribute(message),
    ...policyAttributes(xfrm),
    ...(xfrm?.offload ? [{ kind: "offloadDev", value: xfrm.offload } as const] : []),
    ...(xfrm ? otherAttributes(xfrm) : []),
  ];
  return { type, body, attributes };
}

/** SPDDELETE. @throws Refusal */
export function policyBySelector(message: Message): Question & { body: PolicyId } {
  const xfrm = find(message, "xfrm");
  const selector = selectorOf(message);
  return {
    type: "delPolicy",
    body: { selector: selectorIn(selector, xfrm), index: 0, direction: selector.direction - 1 },
    attributes: [...contextAttribute(message), ...policyAttributes(xfrm)],
  };
}

/** SPDGET and SPDDELETE2. @throws Refusal */
export function policyById(type: "getPolicy" | "delPolicy", message: Message): Question & { body: PolicyId } {
  const index = policyIdOf(message);
  if (index === 0) throw new Refusal(Errno.ENOENT);
  return {
    type,
    body: { selector: wildcard(0), index, direction: index & directionMask },
    attributes: policyAttributes(find(message, "xfrm")),
  };
}

/** The policy that a question was about. */
export const policyAfter = ({ body, attributes }: Question & { body: PolicyInfo }): Question => ({
  type: "getPolicy",
  body: { selector: body.selector, index: 0, direction: body.direction },
  attributes: attributes.filter(({ kind }) => ["mark", "ifId", "policyType", "secCtx"].includes(kind)),
});

export function policyAttributes(xfrm: XfrmExtension | undefined): Attribute[] {
  const attributes = markAttribute(xfrm);
  if (xfrm?.ifId !== undefined) attributes.push({ kind: "ifId", value: xfrm.ifId });
  if (xfrm?.policyType !== undefined)
    attributes.push({ kind: "policyType", value: { type: xfrm.policyType } });
  return attributes;
}

export function selectorIn(selector: PfKeySelector, xfrm: XfrmExtension | undefined): Selector {
  const { source, destination, sourcePort, destinationPort, sourcePrefixLength, destinationPrefixLength } =
    selector;
  if (xfrm?.selector !== undefined) return selectorFrom(xfrm.selector, familyOf(source));
  return {
    ...wildcard(familyOf(source)),
    source,
    sourcePrefixLength,
    sourcePort,
    sourcePortMask: sourcePort === 0 ? 0 : fullPort,
    destination,
    destinationPrefixLength,
    destinationPort,
    destinationPortMask: destinationPort === 0 ? 0 : fullPort,
    protocol: selector.protocol,
  };
}

/** A mode that PF_KEY lacks would be refused before the extension has its say. */
function withKnownModes(message: Message, xfrm: XfrmExtension | undefined): Message {
  const policy = find(message, "policy");
  if (policy === undefined || xfrm?.templates === undefined) return message;
  if (policy.requests.length !== xfrm.templates.length) throw new Refusal(Errno.EINVAL);
  const requests = policy.requests.map((request, index) => {
    const known = pfkeyMode(xfrm.templates![index]!.mode);
    return { ...request, mode: known ?? IpsecMode.transport };
  });
  const extensions = message.extensions.map((one) => (one === policy ? { ...policy, requests } : one));
  return { ...message, extensions };
}

function templatesFrom(
  templates: readonly PfKeyTemplate[],
  family: number,
  xfrm: XfrmExtension | undefined,
): Template[] {
  let inner = family;
  return templates.map((template, index) => {
    const made = templateFrom(template, inner, xfrm?.templates?.[index]);
    inner = made.family;
    return made;
  });
}

/** The family of a template without addresses is that of what is inside of it. */
function templateFrom(
  { protocol, mode, reqid, optional, tunnel }: PfKeyTemplate,
  inner: number,
  more: XfrmTemplate | undefined,
): Template {
  const ends = tunnel ?? (more !== undefined && more.source.length > 0 ? more : undefined);
  return {
    id: { destination: ends?.destination ?? noAddress, spi: more?.spi ?? 0, protocol },
    family: ends === undefined ? inner : familyOf(ends.source),
    source: ends?.source ?? noAddress,
    reqid,
    mode: more?.mode ?? xfrmMode(mode),
    share: more?.share ?? 0,
    optional: optional ? 1 : 0,
    authenticationAlgorithms: more?.authenticationAlgorithms ?? anyAlgorithm,
    encryptionAlgorithms: more?.encryptionAlgorithms ?? anyAlgorithm,
    compressionAlgorithms: more?.compressionAlgorithms ?? anyAlgorithm,
  };
}
