/**
 * An SA as XFRM shows it, as PF_KEY does.
 */
import { expireExtensions, Protocol, type ShownSa, saExtensions, saTypeOf } from "@keysock/engine/linux";
import { IpsecMode, type OutgoingExtension, type SaType, type XfrmExtension } from "@keysock/wire";
import { addressBytes } from "../address.ts";
import type { Attribute } from "../attribute.ts";
import { attributeValue } from "../message.ts";
import { SaDirection, SaFlag } from "../numbers.ts";
import type { SaInfo } from "../sa-info.ts";
import { isZero } from "./family.ts";
import { countersOf, hardOf, isDying, softOf } from "./limits.ts";
import { pfkeyMode } from "./modes.ts";
import { othersOf } from "./others.ts";
import { algorithmsOf } from "./sa-algorithms.ts";
import { flagPairs } from "./sa-question.ts";
import { selectorTo } from "./selectors.ts";

/** A message's attributes. */
export interface Attributes {
  readonly attributes: readonly Attribute[];
}

const maximumReplay = 32;
const ownFlags = ~(SaFlag.noEcn | SaFlag.decapDscp | SaFlag.noPmtuDisc) & 0xff;

/** Nothing but an SPI: what GETSPI and an ACQUIRE make. */
export const isLarval = ({ attributes }: Attributes): boolean =>
  !attributes.some(
    ({ kind }) => kind === "algAuthTrunc" || kind === "algCrypt" || kind === "algAead" || kind === "algComp",
  );

/** What every message about an SA but EXPIRE carries. `now` is in seconds since 1970. */
export function shownSa(
  info: SaInfo,
  message: Attributes,
  now: number,
  dead = false,
): { saType: SaType; extensions: OutgoingExtension[] } {
  const { sa, xfrm } = partsOf(info, message, now, dead);
  const extensions = saExtensions(sa).map((extension) => proxyOf(info, extension));
  return { saType: saTypeOf(sa.protocol), extensions: [...extensions, ...contextOf(message), ...xfrm] };
}

/** What EXPIRE carries; the message is one that shows all of the SA, if there is one still. */
export function expiredSa(
  info: SaInfo,
  message: Attributes,
  reached: "hard" | "soft",
): { saType: SaType; extensions: OutgoingExtension[] } {
  const { sa, xfrm } = partsOf(info, message, 0, reached === "hard");
  if (reached === "soft") sa.state = "mature";
  sa.dying = reached === "soft";
  const extensions = expireExtensions(sa, reached).map((extension) => proxyOf(info, extension));
  return { saType: saTypeOf(sa.protocol), extensions: [...extensions, ...xfrm] };
}

function partsOf(info: SaInfo, message: Attributes, now: number, dead: boolean) {
  const { family, lifetime, current } = info;
  const { shown, names } = algorithmsOf(message);
  const larval = isLarval(message);
  const window = attributeValue(message, "replayEsnVal")?.replayWindow ?? info.replayWindow;
  const encapsulation = attributeValue(message, "encap");
  const mode = pfkeyMode(info.mode);
  const sa: ShownSa = {
    protocol: info.id.protocol,
    spi: info.id.spi,
    source: addressBytes(info.source, family),
    destination: addressBytes(info.id.destination, family),
    inner: { source: info.selector.source, prefixLength: info.selector.sourcePrefixLength },
    state: dead ? "dead" : larval ? "larval" : "mature",
    dying: !dead && !larval && isDying(lifetime, current, now),
    mode: mode ?? IpsecMode.any,
    reqid: info.reqid,
    replay: Math.min(window, maximumReplay),
    flags: flagPairs.reduce((sum, [pfkey, xfrm]) => ((info.flags & xfrm) === 0 ? sum : sum + pfkey), 0),
    ...shown,
    encapsulation,
    hard: hardOf(lifetime),
    soft: softOf(lifetime),
    current: countersOf(current),
  };
  const extra: Partial<XfrmExtension> = {
    ...names,
    ...(mode === undefined && { mode: info.mode }),
    ...((info.flags & ownFlags) !== 0 && { flags: info.flags & ownFlags }),
    ...(window > maximumReplay && { replayWindow: window }),
    ...(!larval && hasOwnSelector(info) && { selector: selectorTo(info.selector) }),
    ...(encapsulation &&
      !isZero(encapsulation.originalAddress) && {
        encapOriginal: addressBytes(encapsulation.originalAddress, family),
      }),
    ...namedParts(message),
    ...othersOf(message.attributes),
  };
  return { sa, xfrm: xfrmExtension(extra) };
}

/** The private extension, if there is anything to put into it. */
export const xfrmExtension = (parts: Partial<XfrmExtension>): OutgoingExtension[] =>
  Object.keys(parts).length === 0 ? [] : [{ kind: "xfrm", ...parts }];

/** ADDRESS_PROXY has no place for a destination, and so for the rest. */
function hasOwnSelector({ selector, family }: SaInfo): boolean {
  return (
    selector.destinationPrefixLength !== 0 ||
    !isZero(selector.destination) ||
    selector.family !== family ||
    selector.protocol !== 0 ||
    selector.sourcePortMask !== 0 ||
    selector.destinationPortMask !== 0 ||
    selector.interfaceIndex !== 0 ||
    selector.user !== 0
  );
}

/** PF_KEY gives the selector's protocol and source port there. */
function proxyOf({ selector }: SaInfo, extension: OutgoingExtension): OutgoingExtension {
  if (extension.kind !== "addressProxy" || (selector.protocol === 0 && selector.sourcePort === 0))
    return extension;
  const { sockaddr } = extension;
  return {
    ...extension,
    protocol: selector.protocol || Protocol.any,
    sockaddr: typeof sockaddr.family === "number" ? sockaddr : { ...sockaddr, port: selector.sourcePort },
  };
}

export function contextOf(message: Attributes): OutgoingExtension[] {
  const found = attributeValue(message, "secCtx");
  if (found === undefined) return [];
  const { algorithm, doi, context } = found;
  return [{ kind: "securityContext", algorithm, doi, context }];
}

/** What an SA and a policy may both have. */
export function markParts(message: Attributes): Partial<XfrmExtension> {
  const mark = attributeValue(message, "mark");
  const ifId = attributeValue(message, "ifId");
  const offload = attributeValue(message, "offloadDev");
  return {
    ...(mark && { mark }),
    ...(ifId !== undefined && { ifId }),
    ...(offload && { offload: { interfaceIndex: offload.interfaceIndex, flags: offload.flags } }),
  };
}

function namedParts(message: Attributes): Partial<XfrmExtension> {
  const outputMark = attributeValue(message, "setMark");
  const extraFlags = attributeValue(message, "saExtraFlags");
  const direction = attributeValue(message, "saDir");
  const tfcPad = attributeValue(message, "tfcPad");
  const natKeepalive = attributeValue(message, "natKeepaliveInterval");
  const cpu = attributeValue(message, "saPcpu");
  return {
    ...markParts(message),
    ...(outputMark !== undefined && {
      outputMark: { value: outputMark, mask: attributeValue(message, "setMarkMask") ?? 0xffff_ffff },
    }),
    ...(extraFlags !== undefined && { extraFlags }),
    ...(direction !== undefined && { direction: direction === SaDirection.in ? "in" : "out" }),
    ...(tfcPad !== undefined && { tfcPad }),
    ...(natKeepalive !== undefined && { natKeepalive }),
    ...(cpu !== undefined && { cpu }),
  };
}
