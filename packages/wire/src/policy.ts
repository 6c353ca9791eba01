/**
 * `struct sadb_x_policy` with its `struct sadb_x_ipsecrequest`s, extension 18 (linux/pfkeyv2.h, linux/ipsec.h).
 */
import type { ExtensionHeader } from "./extension.ts";
import type { Sockaddr } from "./sockaddr.ts";

/** A security policy. */
export interface PolicyExtension extends ExtensionHeader {
  kind: "policy";
  /** One of {@link PolicyType}. */
  policyType: number;
  /** One of {@link PolicyDirection}. */
  direction: number;
  reserved: number;
  id: number;
  /** Smaller goes first. */
  priority: number;
  /** Innermost first. */
  requests: readonly IpsecRequest[];
  /** What follows the requests, where there is something. */
  padding?: Uint8Array;
}

/** One transform of a policy. */
export interface IpsecRequest {
  /** Bytes, addresses included; the encoder's unless given. */
  length?: number;
  /** 50 ESP, 51 AH, 108 IPComp. */
  protocol: number;
  /** One of {@link IpsecMode}. */
  mode: number;
  /** One of {@link IpsecLevel}. */
  level: number;
  reserved1: number;
  reqid: number;
  reserved2: number;
  /** The tunnel's end points, both or neither. */
  source?: Sockaddr;
  destination?: Sockaddr;
  /** What follows the addresses, where there is something. */
  padding?: Uint8Array;
}

/** IPSEC_POLICY_*: what becomes of a packet. */
export const PolicyType = { discard: 0, none: 1, ipsec: 2, entrust: 3, bypass: 4 } as const;

/** IPSEC_DIR_*; the last two are what a dump shows of a socket's own policies. */
export const PolicyDirection = { any: 0, in: 1, out: 2, fwd: 3, socketIn: 4, socketOut: 5 } as const;

/** IPSEC_MODE_*. */
export const IpsecMode = { any: 0, transport: 1, tunnel: 2, beet: 3 } as const;

/** IPSEC_LEVEL_*. */
export const IpsecLevel = { default: 0, use: 1, require: 2, unique: 3 } as const;
