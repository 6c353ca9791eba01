/**
 * Numbers of linux/netlink.h, linux/xfrm.h, linux/udp.h and linux/socket.h that fields hold.
 */

/** The netlink protocol of everything here: NETLINK_XFRM. */
export const netlinkXfrm = 6;

/** NLM_F_*: bits of a message's flags. */
export const NetlinkFlag = {
  request: 1,
  multi: 2,
  ack: 4,
  echo: 8,
  dumpInterrupted: 0x10,
  dumpFiltered: 0x20,
  /** Of a request that gets something. */
  root: 0x100,
  match: 0x200,
  dump: 0x300,
  /** Of a request that makes something; NETLINK_XFRM heeds none but `replace`, in newAe. */
  replace: 0x100,
  exclusive: 0x200,
  create: 0x400,
  append: 0x800,
  /** Of an error. */
  capped: 0x100,
  ackTlvs: 0x200,
} as const;

/** XFRMNLGRP_*: the multicast groups of NETLINK_XFRM. */
export const XfrmGroup = {
  acquire: 1,
  expire: 2,
  sa: 3,
  policy: 4,
  aevents: 5,
  report: 6,
  migrate: 7,
  mapping: 8,
} as const;

/** AF_* of Linux, as far as IPsec knows them. */
export const AddressFamily = { unspec: 0, inet: 2, inet6: 10 } as const;

/** XFRM_MODE_*. */
export const Mode = {
  transport: 0,
  tunnel: 1,
  routeOptimization: 2,
  inTrigger: 3,
  beet: 4,
  iptfs: 5,
} as const;

/** XFRM_STATE_*. */
export const SaFlag = {
  noEcn: 1,
  decapDscp: 2,
  noPmtuDisc: 4,
  wildRecv: 8,
  icmp: 0x10,
  afUnspec: 0x20,
  align4: 0x40,
  esn: 0x80,
} as const;

/** XFRM_SA_XFLAG_*. */
export const SaExtraFlag = { dontEncapDscp: 1, oseqMayWrap: 2 } as const;

/** XFRM_SA_DIR_*. */
export const SaDirection = { in: 1, out: 2 } as const;

/** XFRM_POLICY_IN and so on. They are not those of PF_KEY. */
export const XfrmPolicyDirection = { in: 0, out: 1, fwd: 2 } as const;

/** XFRM_POLICY_ALLOW and XFRM_POLICY_BLOCK. */
export const PolicyAction = { allow: 0, block: 1 } as const;

/** XFRM_POLICY_LOCALOK and so on. */
export const PolicyFlag = { localOk: 1, icmp: 2, cpuAcquire: 4 } as const;

/** XFRM_POLICY_TYPE_*. They are not those of PF_KEY. */
export const XfrmPolicyType = { main: 0, sub: 1, any: 255 } as const;

/** XFRM_SHARE_*. */
export const Share = { any: 0, session: 1, user: 2, unique: 3 } as const;

/** XFRM_USERPOLICY_*: what becomes of traffic without a policy. */
export const DefaultAction = { unspec: 0, block: 1, accept: 2 } as const;

/** XFRM_OFFLOAD_*. */
export const OffloadFlag = { ipv6: 1, inbound: 2, packet: 4 } as const;

/** XFRM_AE_*. */
export const AeventFlag = {
  replayThreshold: 1,
  replayValue: 2,
  lifetimeValue: 4,
  timerThreshold: 8,
  replayEvent: 0x10,
  timerEvent: 0x20,
  update: 0x40,
} as const;

/** UDP_ENCAP_* and TCP_ENCAP_ESPINTCP. */
export const EncapsulationType = { espInUdpNonIke: 1, espInUdp: 2, espInTcp: 7 } as const;

/** XFRM_MIGRATE_STATE_*. */
export const StateMigrationFlag = { clearOffload: 1, updateSelector: 2 } as const;
