/**
 * The numbers of attributes (linux/xfrm.h, linux/netlink.h). What they mean depends on the message.
 */
import { address } from "./address.ts";
import { addressFilter } from "./address-filter.ts";
import { aeadAlgorithm, algorithm, authenticationAlgorithm } from "./algorithm.ts";
import type { AttributeKind, AttributeValues } from "./attribute-values.ts";
import { current } from "./current.ts";
import { encapsulation } from "./encapsulation.ts";
import { kmAddress } from "./km-address.ts";
import { listOf } from "./list.ts";
import { mark } from "./mark.ts";
import { migration } from "./migration.ts";
import { offload } from "./offload.ts";
import { policyInfo } from "./policy-info.ts";
import { policyType } from "./policy-type.ts";
import { replayState } from "./replay-state.ts";
import { replayStateEsn } from "./replay-state-esn.ts";
import { saInfo } from "./sa-info.ts";
import { sadHash } from "./sad-hash.ts";
import { flag, raw, text, uint8, uint16, uint32, uint64 } from "./scalar.ts";
import { securityContext } from "./security-context.ts";
import { spdCounts } from "./spd-counts.ts";
import { spdHash } from "./spd-hash.ts";
import { spdThreshold } from "./spd-threshold.ts";
import type { Structure } from "./structure.ts";
import { template } from "./template.ts";

type RowOf<K extends AttributeKind> = {
  readonly type: number;
  readonly kind: K;
  readonly structure: Structure<AttributeValues[K]>;
};

/** One attribute: its number, its kind and the structure of its value. */
export type AttributeRow = { [K in AttributeKind]: RowOf<K> }[AttributeKind];

/** Attributes by number and by kind. */
export interface AttributeTable {
  readonly byType: ReadonlyMap<number, AttributeRow>;
  readonly byKind: ReadonlyMap<AttributeKind, AttributeRow>;
}

const attributeTable = (rows: readonly AttributeRow[]): AttributeTable => ({
  byType: new Map(rows.map((row) => [row.type, row])),
  byKind: new Map(rows.map((row) => [row.kind, row])),
});

/** XFRMA_*. */
export const xfrmAttributes = attributeTable([
  { type: 1, kind: "algAuth", structure: algorithm },
  { type: 2, kind: "algCrypt", structure: algorithm },
  { type: 3, kind: "algComp", structure: algorithm },
  { type: 4, kind: "encap", structure: encapsulation },
  { type: 5, kind: "tmpl", structure: listOf(template) },
  { type: 6, kind: "sa", structure: saInfo },
  { type: 7, kind: "policy", structure: policyInfo },
  { type: 8, kind: "secCtx", structure: securityContext },
  { type: 9, kind: "ltimeVal", structure: current },
  { type: 10, kind: "replayVal", structure: replayState },
  { type: 11, kind: "replayThresh", structure: uint32 },
  { type: 12, kind: "etimerThresh", structure: uint32 },
  { type: 13, kind: "srcAddr", structure: address },
  { type: 14, kind: "coAddr", structure: address },
  { type: 15, kind: "lastUsed", structure: uint64 },
  { type: 16, kind: "policyType", structure: policyType },
  { type: 17, kind: "migrate", structure: listOf(migration) },
  { type: 18, kind: "algAead", structure: aeadAlgorithm },
  { type: 19, kind: "kmAddress", structure: kmAddress },
  { type: 20, kind: "algAuthTrunc", structure: authenticationAlgorithm },
  { type: 21, kind: "mark", structure: mark },
  { type: 22, kind: "tfcPad", structure: uint32 },
  { type: 23, kind: "replayEsnVal", structure: replayStateEsn },
  { type: 24, kind: "saExtraFlags", structure: uint32 },
  { type: 25, kind: "proto", structure: uint8 },
  { type: 26, kind: "addressFilter", structure: addressFilter },
  { type: 27, kind: "pad", structure: raw },
  { type: 28, kind: "offloadDev", structure: offload },
  { type: 29, kind: "setMark", structure: uint32 },
  { type: 30, kind: "setMarkMask", structure: uint32 },
  { type: 31, kind: "ifId", structure: uint32 },
  { type: 32, kind: "mtimerThresh", structure: uint32 },
  { type: 33, kind: "saDir", structure: uint8 },
  { type: 34, kind: "natKeepaliveInterval", structure: uint32 },
  { type: 35, kind: "saPcpu", structure: uint32 },
  { type: 36, kind: "iptfsDropTime", structure: uint32 },
  { type: 37, kind: "iptfsReorderWindow", structure: uint16 },
  { type: 38, kind: "iptfsDontFrag", structure: flag },
  { type: 39, kind: "iptfsInitDelay", structure: uint32 },
  { type: 40, kind: "iptfsMaxQsize", structure: uint32 },
  { type: 41, kind: "iptfsPktSize", structure: uint32 },
]);

/** XFRMA_SAD_*. */
export const sadAttributes = attributeTable([
  { type: 1, kind: "sadCnt", structure: uint32 },
  { type: 2, kind: "sadHinfo", structure: sadHash },
]);

/** XFRMA_SPD_*. */
export const spdAttributes = attributeTable([
  { type: 1, kind: "spdInfo", structure: spdCounts },
  { type: 2, kind: "spdHinfo", structure: spdHash },
  { type: 3, kind: "spdIpv4Hthresh", structure: spdThreshold },
  { type: 4, kind: "spdIpv6Hthresh", structure: spdThreshold },
]);

/** NLMSGERR_ATTR_*. */
export const errorAttributes = attributeTable([
  { type: 1, kind: "errMsg", structure: text },
  { type: 2, kind: "errOffs", structure: uint32 },
  { type: 3, kind: "errCookie", structure: raw },
  { type: 5, kind: "errMissType", structure: uint32 },
  { type: 6, kind: "errMissNest", structure: uint32 },
]);
