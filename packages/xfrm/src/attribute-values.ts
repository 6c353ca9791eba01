import type { AddressFilter } from "./address-filter.ts";
import type { AeadAlgorithm, Algorithm, AuthenticationAlgorithm } from "./algorithm.ts";
import type { Current } from "./current.ts";
import type { Encapsulation } from "./encapsulation.ts";
import type { KmAddress } from "./km-address.ts";
import type { Mark } from "./mark.ts";
import type { Migration } from "./migration.ts";
import type { Offload } from "./offload.ts";
import type { PolicyInfo } from "./policy-info.ts";
import type { PolicyTypeInfo } from "./policy-type.ts";
import type { ReplayState } from "./replay-state.ts";
import type { ReplayStateEsn } from "./replay-state-esn.ts";
import type { SaInfo } from "./sa-info.ts";
import type { SadHash } from "./sad-hash.ts";
import type { SecurityContext } from "./security-context.ts";
import type { SpdCounts } from "./spd-counts.ts";
import type { SpdHash } from "./spd-hash.ts";
import type { SpdThreshold } from "./spd-threshold.ts";
import type { Template } from "./template.ts";

/** What each kind of attribute holds. The kinds are the names of linux/xfrm.h and linux/netlink.h. */
export interface AttributeValues {
  /** Authentication as long as the kernel's table has it for that name. */
  algAuth: Algorithm;
  algCrypt: Algorithm;
  algComp: Algorithm;
  encap: Encapsulation;
  /** At most 6, innermost first. */
  tmpl: readonly Template[];
  sa: SaInfo;
  policy: PolicyInfo;
  secCtx: SecurityContext;
  ltimeVal: Current;
  replayVal: ReplayState;
  /** Packets after which an event is sent. */
  replayThresh: number;
  /** In units of 100 ms. */
  etimerThresh: number;
  srcAddr: Uint8Array;
  /** The care-of address. */
  coAddr: Uint8Array;
  /** Seconds since 1970. */
  lastUsed: bigint;
  policyType: PolicyTypeInfo;
  migrate: readonly Migration[];
  algAead: AeadAlgorithm;
  kmAddress: KmAddress;
  algAuthTrunc: AuthenticationAlgorithm;
  mark: Mark;
  /** Bytes that packets are padded to. */
  tfcPad: number;
  replayEsnVal: ReplayStateEsn;
  /** Bits of {@link SaExtraFlag}. */
  saExtraFlags: number;
  /** The IPsec protocol that a dump of SAs is to show; 0 is any. */
  proto: number;
  /** The addresses that a dump of SAs is to show. */
  addressFilter: AddressFilter;
  /** Says nothing. */
  pad: Uint8Array;
  offloadDev: Offload;
  /** What packets are marked with after the transform. */
  setMark: number;
  setMarkMask: number;
  /** Of the virtual interface that the SA or the policy belongs to. */
  ifId: number;
  /** Seconds. */
  mtimerThresh: number;
  /** One of {@link SaDirection}. */
  saDir: number;
  /** Seconds. */
  natKeepaliveInterval: number;
  /** The CPU that the SA is for. */
  saPcpu: number;
  /** Microseconds. */
  iptfsDropTime: number;
  /** Packets. */
  iptfsReorderWindow: number;
  iptfsDontFrag: true;
  /** Microseconds. */
  iptfsInitDelay: number;
  /** Bytes. */
  iptfsMaxQsize: number;
  /** Bytes; 0 is as many as the path takes. */
  iptfsPktSize: number;
  /** How many SAs there are (newSadInfo). */
  sadCnt: number;
  sadHinfo: SadHash;
  spdInfo: SpdCounts;
  spdHinfo: SpdHash;
  spdIpv4Hthresh: SpdThreshold;
  spdIpv6Hthresh: SpdThreshold;
  /** What the kernel says about an error. */
  errMsg: string;
  /** Where in the request the attribute is that it is about, in bytes from the start of the message. */
  errOffs: number;
  errCookie: Uint8Array;
  /** The attribute that is missing. */
  errMissType: number;
  /** Where in the request the attribute is inside of which one is missing. */
  errMissNest: number;
}

/** The name of a kind of attribute. */
export type AttributeKind = keyof AttributeValues;
