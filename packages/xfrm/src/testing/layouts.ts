/**
 * Where each field is in the structures of linux/xfrm.h of one size, as gcc lays them out on a 64-bit machine.
 */
import { acquire } from "../acquire.ts";
import { addressFilter } from "../address-filter.ts";
import { aevent } from "../aevent.ts";
import { current } from "../current.ts";
import { defaultPolicy } from "../default-policy.ts";
import { encapsulation } from "../encapsulation.ts";
import { expire } from "../expire.ts";
import { flush } from "../flush.ts";
import { id } from "../id.ts";
import { kmAddress } from "../km-address.ts";
import { lifetime } from "../lifetime.ts";
import { mapping } from "../mapping.ts";
import { mark } from "../mark.ts";
import { migration } from "../migration.ts";
import { offload } from "../offload.ts";
import { policyExpire } from "../policy-expire.ts";
import { policyId } from "../policy-id.ts";
import { policyInfo } from "../policy-info.ts";
import { policyType } from "../policy-type.ts";
import { replayState } from "../replay-state.ts";
import { report } from "../report.ts";
import { saId } from "../sa-id.ts";
import { saInfo } from "../sa-info.ts";
import { sadHash } from "../sad-hash.ts";
import { selector } from "../selector.ts";
import { spdCounts } from "../spd-counts.ts";
import { spdHash } from "../spd-hash.ts";
import { spdThreshold } from "../spd-threshold.ts";
import { spiRequest } from "../spi-request.ts";
import { stateMigration } from "../state-migration.ts";
import { stats } from "../stats.ts";
import type { FixedStructure } from "../structure.ts";
import { template } from "../template.ts";

/** What a field holds: a number of that many bits in host or network order, an address, or a structure. */
export type FieldKind = "u8" | "u16" | "u32" | "u64" | "i32" | "net16" | "net32" | "address" | Layout;

/** One structure: its name in C, its bytes, and each field's offset, kind and name. */
export interface Layout {
  name: string;
  size: number;
  // biome-ignore lint/suspicious/noExplicitAny: any structure
  structure: FixedStructure<any>;
  fields: readonly (readonly [offset: number, kind: FieldKind, name: string])[];
}

const idLayout: Layout = {
  name: "xfrm_id",
  size: 24,
  structure: id,
  fields: [
    [0, "address", "destination"],
    [16, "net32", "spi"],
    [20, "u8", "protocol"],
  ],
};

const saIdLayout: Layout = {
  name: "xfrm_usersa_id",
  size: 24,
  structure: saId,
  fields: [
    [0, "address", "destination"],
    [16, "net32", "spi"],
    [20, "u16", "family"],
    [22, "u8", "protocol"],
  ],
};

const selectorLayout: Layout = {
  name: "xfrm_selector",
  size: 56,
  structure: selector,
  fields: [
    [0, "address", "destination"],
    [16, "address", "source"],
    [32, "net16", "destinationPort"],
    [34, "net16", "destinationPortMask"],
    [36, "net16", "sourcePort"],
    [38, "net16", "sourcePortMask"],
    [40, "u16", "family"],
    [42, "u8", "destinationPrefixLength"],
    [43, "u8", "sourcePrefixLength"],
    [44, "u8", "protocol"],
    [48, "i32", "interfaceIndex"],
    [52, "u32", "user"],
  ],
};

const lifetimeLayout: Layout = {
  name: "xfrm_lifetime_cfg",
  size: 64,
  structure: lifetime,
  fields: [
    [0, "u64", "softBytes"],
    [8, "u64", "hardBytes"],
    [16, "u64", "softPackets"],
    [24, "u64", "hardPackets"],
    [32, "u64", "softAddTime"],
    [40, "u64", "hardAddTime"],
    [48, "u64", "softUseTime"],
    [56, "u64", "hardUseTime"],
  ],
};

const currentLayout: Layout = {
  name: "xfrm_lifetime_cur",
  size: 32,
  structure: current,
  fields: [
    [0, "u64", "bytes"],
    [8, "u64", "packets"],
    [16, "u64", "addTime"],
    [24, "u64", "useTime"],
  ],
};

const statsLayout: Layout = {
  name: "xfrm_stats",
  size: 12,
  structure: stats,
  fields: [
    [0, "u32", "replayWindow"],
    [4, "u32", "replay"],
    [8, "u32", "integrityFailed"],
  ],
};

const saInfoLayout: Layout = {
  name: "xfrm_usersa_info",
  size: 224,
  structure: saInfo,
  fields: [
    [0, selectorLayout, "selector"],
    [56, idLayout, "id"],
    [80, "address", "source"],
    [96, lifetimeLayout, "lifetime"],
    [160, currentLayout, "current"],
    [192, statsLayout, "stats"],
    [204, "u32", "sequence"],
    [208, "u32", "reqid"],
    [212, "u16", "family"],
    [214, "u8", "mode"],
    [215, "u8", "replayWindow"],
    [216, "u8", "flags"],
  ],
};

const spiRequestLayout: Layout = {
  name: "xfrm_userspi_info",
  size: 232,
  structure: spiRequest,
  fields: [
    [0, saInfoLayout, "sa"],
    [224, "u32", "min"],
    [228, "u32", "max"],
  ],
};

const policyInfoLayout: Layout = {
  name: "xfrm_userpolicy_info",
  size: 168,
  structure: policyInfo,
  fields: [
    [0, selectorLayout, "selector"],
    [56, lifetimeLayout, "lifetime"],
    [120, currentLayout, "current"],
    [152, "u32", "priority"],
    [156, "u32", "index"],
    [160, "u8", "direction"],
    [161, "u8", "action"],
    [162, "u8", "flags"],
    [163, "u8", "share"],
  ],
};

const policyIdLayout: Layout = {
  name: "xfrm_userpolicy_id",
  size: 64,
  structure: policyId,
  fields: [
    [0, selectorLayout, "selector"],
    [56, "u32", "index"],
    [60, "u8", "direction"],
  ],
};

const templateLayout: Layout = {
  name: "xfrm_user_tmpl",
  size: 64,
  structure: template,
  fields: [
    [0, idLayout, "id"],
    [24, "u16", "family"],
    [28, "address", "source"],
    [44, "u32", "reqid"],
    [48, "u8", "mode"],
    [49, "u8", "share"],
    [50, "u8", "optional"],
    [52, "u32", "authenticationAlgorithms"],
    [56, "u32", "encryptionAlgorithms"],
    [60, "u32", "compressionAlgorithms"],
  ],
};

const acquireLayout: Layout = {
  name: "xfrm_user_acquire",
  size: 280,
  structure: acquire,
  fields: [
    [0, idLayout, "id"],
    [24, "address", "source"],
    [40, selectorLayout, "selector"],
    [96, policyInfoLayout, "policy"],
    [264, "u32", "authenticationAlgorithms"],
    [268, "u32", "encryptionAlgorithms"],
    [272, "u32", "compressionAlgorithms"],
    [276, "u32", "sequence"],
  ],
};

const expireLayout: Layout = {
  name: "xfrm_user_expire",
  size: 232,
  structure: expire,
  fields: [
    [0, saInfoLayout, "sa"],
    [224, "u8", "hard"],
  ],
};

const policyExpireLayout: Layout = {
  name: "xfrm_user_polexpire",
  size: 176,
  structure: policyExpire,
  fields: [
    [0, policyInfoLayout, "policy"],
    [168, "u8", "hard"],
  ],
};

const flushLayout: Layout = {
  name: "xfrm_usersa_flush",
  size: 1,
  structure: flush,
  fields: [[0, "u8", "protocol"]],
};

const aeventLayout: Layout = {
  name: "xfrm_aevent_id",
  size: 48,
  structure: aevent,
  fields: [
    [0, saIdLayout, "id"],
    [24, "address", "source"],
    [40, "u32", "flags"],
    [44, "u32", "reqid"],
  ],
};

const reportLayout: Layout = {
  name: "xfrm_user_report",
  size: 60,
  structure: report,
  fields: [
    [0, "u8", "protocol"],
    [4, selectorLayout, "selector"],
  ],
};

const mappingLayout: Layout = {
  name: "xfrm_user_mapping",
  size: 64,
  structure: mapping,
  fields: [
    [0, saIdLayout, "id"],
    [24, "u32", "reqid"],
    [28, "address", "oldSource"],
    [44, "address", "newSource"],
    [60, "net16", "oldSourcePort"],
    [62, "net16", "newSourcePort"],
  ],
};

const defaultPolicyLayout: Layout = {
  name: "xfrm_userpolicy_default",
  size: 3,
  structure: defaultPolicy,
  fields: [
    [0, "u8", "in"],
    [1, "u8", "fwd"],
    [2, "u8", "out"],
  ],
};

const markLayout: Layout = {
  name: "xfrm_mark",
  size: 8,
  structure: mark,
  fields: [
    [0, "u32", "value"],
    [4, "u32", "mask"],
  ],
};

const stateMigrationLayout: Layout = {
  name: "xfrm_user_migrate_state",
  size: 132,
  structure: stateMigration,
  fields: [
    [0, saIdLayout, "id"],
    [24, "address", "newDestination"],
    [40, "address", "newSource"],
    [56, markLayout, "oldMark"],
    [64, selectorLayout, "newSelector"],
    [120, "u32", "newReqid"],
    [124, "u32", "flags"],
    [128, "u16", "newFamily"],
  ],
};

const encapsulationLayout: Layout = {
  name: "xfrm_encap_tmpl",
  size: 24,
  structure: encapsulation,
  fields: [
    [0, "u16", "type"],
    [2, "net16", "sourcePort"],
    [4, "net16", "destinationPort"],
    [8, "address", "originalAddress"],
  ],
};

const replayStateLayout: Layout = {
  name: "xfrm_replay_state",
  size: 12,
  structure: replayState,
  fields: [
    [0, "u32", "outgoing"],
    [4, "u32", "incoming"],
    [8, "u32", "bitmap"],
  ],
};

const policyTypeLayout: Layout = {
  name: "xfrm_userpolicy_type",
  size: 6,
  structure: policyType,
  fields: [[0, "u8", "type"]],
};

const migrationLayout: Layout = {
  name: "xfrm_user_migrate",
  size: 76,
  structure: migration,
  fields: [
    [0, "address", "oldDestination"],
    [16, "address", "oldSource"],
    [32, "address", "newDestination"],
    [48, "address", "newSource"],
    [64, "u8", "protocol"],
    [65, "u8", "mode"],
    [68, "u32", "reqid"],
    [72, "u16", "oldFamily"],
    [74, "u16", "newFamily"],
  ],
};

const kmAddressLayout: Layout = {
  name: "xfrm_user_kmaddress",
  size: 40,
  structure: kmAddress,
  fields: [
    [0, "address", "local"],
    [16, "address", "remote"],
    [36, "u16", "family"],
  ],
};

const addressFilterLayout: Layout = {
  name: "xfrm_address_filter",
  size: 36,
  structure: addressFilter,
  fields: [
    [0, "address", "source"],
    [16, "address", "destination"],
    [32, "u16", "family"],
    [34, "u8", "sourcePrefixLength"],
    [35, "u8", "destinationPrefixLength"],
  ],
};

const offloadLayout: Layout = {
  name: "xfrm_user_offload",
  size: 8,
  structure: offload,
  fields: [
    [0, "i32", "interfaceIndex"],
    [4, "u8", "flags"],
  ],
};

const sadHashLayout: Layout = {
  name: "xfrmu_sadhinfo",
  size: 8,
  structure: sadHash,
  fields: [
    [0, "u32", "buckets"],
    [4, "u32", "maximum"],
  ],
};

const spdCountsLayout: Layout = {
  name: "xfrmu_spdinfo",
  size: 24,
  structure: spdCounts,
  fields: [
    [0, "u32", "in"],
    [4, "u32", "out"],
    [8, "u32", "fwd"],
    [12, "u32", "socketIn"],
    [16, "u32", "socketOut"],
    [20, "u32", "socketFwd"],
  ],
};

const spdHashLayout: Layout = {
  name: "xfrmu_spdhinfo",
  size: 8,
  structure: spdHash,
  fields: [
    [0, "u32", "buckets"],
    [4, "u32", "maximum"],
  ],
};

const spdThresholdLayout: Layout = {
  name: "xfrmu_spdhthresh",
  size: 2,
  structure: spdThreshold,
  fields: [
    [0, "u8", "local"],
    [1, "u8", "remote"],
  ],
};

/** All of them. */
export const layouts = {
  id: idLayout,
  saId: saIdLayout,
  selector: selectorLayout,
  lifetime: lifetimeLayout,
  current: currentLayout,
  stats: statsLayout,
  saInfo: saInfoLayout,
  spiRequest: spiRequestLayout,
  policyInfo: policyInfoLayout,
  policyId: policyIdLayout,
  template: templateLayout,
  acquire: acquireLayout,
  expire: expireLayout,
  policyExpire: policyExpireLayout,
  flush: flushLayout,
  aevent: aeventLayout,
  report: reportLayout,
  mapping: mappingLayout,
  defaultPolicy: defaultPolicyLayout,
  mark: markLayout,
  stateMigration: stateMigrationLayout,
  encapsulation: encapsulationLayout,
  replayState: replayStateLayout,
  policyType: policyTypeLayout,
  migration: migrationLayout,
  kmAddress: kmAddressLayout,
  addressFilter: addressFilterLayout,
  offload: offloadLayout,
  sadHash: sadHashLayout,
  spdCounts: spdCountsLayout,
  spdHash: spdHashLayout,
  spdThreshold: spdThresholdLayout,
} as const satisfies Readonly<Record<string, Layout>>;
