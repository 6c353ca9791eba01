/**
 * What PF_KEY asks about SAs, in XFRM's words (`struct sadb_*` of linux/pfkeyv2.h, `struct xfrm_*` of linux/xfrm.h).
 */
import {
  type AskedSa,
  addressOf,
  addressPair,
  askedSa,
  Errno,
  modeOf,
  Protocol,
  protocolOf,
  Refusal,
} from "@keysock/engine/linux";
import { find, type Message, type XfrmExtension } from "@keysock/wire";
import type { Attribute } from "../attribute.ts";
import { EncapsulationType, SaDirection, SaFlag } from "../numbers.ts";
import type { SaId } from "../sa-id.ts";
import type { SaInfo } from "../sa-info.ts";
import type { Selector } from "../selector.ts";
import { familyOf, noAddress } from "./family.ts";
import { lifetimeOf, noCurrent } from "./limits.ts";
import type { Question } from "./line.ts";
import { xfrmMode } from "./modes.ts";
import { otherAttributes } from "./others.ts";
import { algorithmAttributes, named } from "./sa-algorithms.ts";
import { selectorFrom, wildcard } from "./selectors.ts";

/** SADB_SAFLAGS_NOECN, _DECAP_DSCP and _NOPMTUDISC, with what XFRM has for them. */
export const flagPairs = [
  [0x8000_0000, SaFlag.noEcn],
  [0x4000_0000, SaFlag.decapDscp],
  [0x2000_0000, SaFlag.noPmtuDisc],
] as const;

/** XFRMA_REPLAY_ESN_MAX of linux/xfrm.h. */
const maximumWindow = 4096;
const unlimited = { allocations: 0, bytes: 0n, addTime: 0n, useTime: 0n };
const noStats = { replayWindow: 0, replay: 0, integrityFailed: 0 };

/** ADD and UPDATE. @throws Refusal */
export function newSaQuestion(type: "newSa" | "updSa", message: Message): Question & { body: SaInfo } {
  const xfrm = find(message, "xfrm");
  const sa = askedSa(message, named);
  // XFRM has another errno for it.
  if (sa.protocol === Protocol.any) throw new Refusal(Errno.EPROTONOSUPPORT);
  const mode = xfrm?.mode ?? xfrmMode(sa.mode);
  const esn = ((xfrm?.flags ?? 0) & SaFlag.esn) !== 0;
  const window = xfrm?.replayWindow ?? sa.replay;
  const wide = esn || window > 32;
  const body: SaInfo = {
    ...bodyOf(message, sa, mode, sa.reqid),
    selector: selectorOfSa(message, sa, xfrm),
    lifetime: lifetimeOf(sa.hard, sa.soft),
    replayWindow: wide ? 0 : window,
    flags: flagsOf(sa.flags) | (xfrm?.flags ?? 0),
  };
  body.id.spi = sa.spi;
  const attributes = [
    ...algorithmAttributes(message, sa, xfrm),
    ...encapsulationAttribute(sa, xfrm),
    ...(wide ? [replayAttribute(window)] : []),
    ...contextAttribute(message),
    ...saAttributes(xfrm),
  ];
  return { type, body, attributes };
}

/** GETSPI. @throws Refusal */
export function allocSpiQuestion(message: Message): Question {
  const xfrm = find(message, "xfrm");
  const { source, destination } = addressPair(message);
  const protocol = protocolOf(message.saType);
  if (protocol === undefined) throw new Refusal(Errno.EINVAL);
  const { mode, reqid } = modeOf(message);
  const ends = { protocol, source: addressOf(source.sockaddr), destination: addressOf(destination.sockaddr) };
  const { min, max } = find(message, "spiRange") ?? { min: 0x100, max: 0x0fff_ffff };
  return {
    type: "allocSpi",
    body: { sa: bodyOf(message, ends, xfrm?.mode ?? xfrmMode(mode), reqid), min, max },
    attributes: saAttributes(xfrm),
  };
}

/** GET and DELETE. @throws Refusal */
export function saIdQuestion(type: "getSa" | "delSa", message: Message): Question & { body: SaId } {
  const sa = find(message, "sa");
  if (sa === undefined) throw new Refusal(Errno.EINVAL);
  const destination = addressOf(addressPair(message).destination.sockaddr);
  const protocol = protocolOf(message.saType);
  if (protocol === undefined || protocol === Protocol.any) throw new Refusal(Errno.ESRCH);
  return {
    type,
    body: { destination, spi: sa.spi, family: familyOf(destination), protocol },
    attributes: markAttribute(find(message, "xfrm")),
  };
}

/** The SA that a question was about. */
export const questionAfter = ({ body, attributes }: Question & { body: SaInfo }): Question => ({
  type: "getSa",
  body: { ...body.id, family: body.family },
  attributes: attributes.filter(({ kind }) => kind === "mark"),
});

function bodyOf(
  message: Message,
  { protocol, source, destination }: Pick<AskedSa, "protocol" | "source" | "destination">,
  mode: number,
  reqid: number,
): SaInfo {
  const family = familyOf(source);
  return {
    selector: wildcard(family),
    id: { destination, spi: 0, protocol },
    source,
    lifetime: lifetimeOf(unlimited, unlimited),
    current: noCurrent,
    stats: noStats,
    // By this the SA answers its ACQUIRE.
    sequence: message.sequence,
    reqid,
    family,
    mode,
    replayWindow: 0,
    flags: 0,
  };
}

function selectorOfSa(message: Message, sa: AskedSa, xfrm: XfrmExtension | undefined): Selector {
  const family = familyOf(sa.source);
  if (xfrm?.selector !== undefined) return selectorFrom(xfrm.selector, family);
  const proxy = find(message, "addressProxy");
  if (proxy === undefined) return wildcard(family);
  const source = addressOf(proxy.sockaddr);
  return { ...wildcard(familyOf(source)), source, sourcePrefixLength: proxy.prefixLength };
}

const flagsOf = (flags: number): number =>
  flagPairs.reduce((sum, [pfkey, xfrm]) => ((flags & pfkey) === 0 ? sum : sum | xfrm), 0);

function encapsulationAttribute(sa: AskedSa, xfrm: XfrmExtension | undefined): Attribute[] {
  if (sa.encapsulation === undefined && xfrm?.encapOriginal === undefined) return [];
  const { type, ...ports } = sa.encapsulation ?? {
    type: EncapsulationType.espInUdp,
    sourcePort: 0,
    destinationPort: 0,
  };
  return [{ kind: "encap", value: { type, ...ports, originalAddress: xfrm?.encapOriginal ?? noAddress } }];
}

/** @throws Refusal */
function replayAttribute(window: number): Attribute {
  if (window > maximumWindow) throw new Refusal(Errno.EINVAL);
  const bitmap = new Array<number>(Math.ceil(window / 32)).fill(0);
  const value = { outgoing: 0, incoming: 0, outgoingHigh: 0, incomingHigh: 0, replayWindow: window, bitmap };
  return { kind: "replayEsnVal", value };
}

export function contextAttribute(message: Message): Attribute[] {
  const found = find(message, "securityContext");
  if (found === undefined) return [];
  const { algorithm, doi, context } = found;
  return [{ kind: "secCtx", value: { algorithm, doi, context } }];
}

export const markAttribute = (xfrm: XfrmExtension | undefined): Attribute[] =>
  xfrm?.mark === undefined ? [] : [{ kind: "mark", value: xfrm.mark }];

/** What the xfrm extension says besides algorithms, and what has a place of its own. */
function saAttributes(xfrm: XfrmExtension | undefined): Attribute[] {
  if (xfrm === undefined) return [];
  const attributes = markAttribute(xfrm);
  const { outputMark, ifId, extraFlags, direction, offload, tfcPad, natKeepalive, cpu } = xfrm;
  if (outputMark !== undefined) {
    attributes.push(
      { kind: "setMark", value: outputMark.value },
      { kind: "setMarkMask", value: outputMark.mask },
    );
  }
  if (ifId !== undefined) attributes.push({ kind: "ifId", value: ifId });
  if (extraFlags !== undefined) attributes.push({ kind: "saExtraFlags", value: extraFlags });
  if (direction !== undefined) attributes.push({ kind: "saDir", value: SaDirection[direction] });
  if (offload !== undefined) attributes.push({ kind: "offloadDev", value: offload });
  if (tfcPad !== undefined) attributes.push({ kind: "tfcPad", value: tfcPad });
  if (natKeepalive !== undefined) attributes.push({ kind: "natKeepaliveInterval", value: natKeepalive });
  if (cpu !== undefined) attributes.push({ kind: "saPcpu", value: cpu });
  return [...attributes, ...otherAttributes(xfrm)];
}
