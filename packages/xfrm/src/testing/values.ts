/** Values of XFRM with the usual things in them unless told otherwise. */
import { noCurrent } from "../bridge/limits.ts";
import { wildcard } from "../bridge/selectors.ts";
import type { Lifetime } from "../lifetime.ts";
import { AddressFamily, Mode } from "../numbers.ts";
import type { PolicyInfo } from "../policy-info.ts";
import type { SaInfo } from "../sa-info.ts";
import type { Selector } from "../selector.ts";
import type { Template } from "../template.ts";

export const ip = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);
/** As a decoder gives it. */
export const wide = (...bytes: number[]): Uint8Array =>
  Uint8Array.from([...bytes, ...new Array(16)].slice(0, 16));

export const none = 2n ** 64n - 1n;
export const noLimits: Lifetime = {
  softBytes: none,
  hardBytes: none,
  softPackets: none,
  hardPackets: none,
  softAddTime: 0n,
  hardAddTime: 0n,
  softUseTime: 0n,
  hardUseTime: 0n,
};

/** From 192.0.2.1 to 192.0.2.2. */
export const saInfo = (more: Partial<SaInfo> = {}): SaInfo => ({
  selector: wildcard(AddressFamily.inet),
  id: { destination: wide(192, 0, 2, 2), spi: 0x1000, protocol: 50 },
  source: wide(192, 0, 2, 1),
  lifetime: noLimits,
  current: noCurrent,
  stats: { replayWindow: 0, replay: 0, integrityFailed: 0 },
  sequence: 0,
  reqid: 0,
  family: AddressFamily.inet,
  mode: Mode.transport,
  replayWindow: 0,
  flags: 0,
  ...more,
});

/** 192.0.2.1/32 to 192.0.2.2/32. */
export const hosts = (more: Partial<Selector> = {}): Selector => ({
  ...wildcard(AddressFamily.inet),
  source: wide(192, 0, 2, 1),
  sourcePrefixLength: 32,
  destination: wide(192, 0, 2, 2),
  destinationPrefixLength: 32,
  ...more,
});

/** Outgoing. */
export const policyInfo = (more: Partial<PolicyInfo> = {}): PolicyInfo => ({
  selector: hosts(),
  lifetime: noLimits,
  current: noCurrent,
  priority: 0,
  index: 0,
  direction: 1,
  action: 0,
  flags: 0,
  share: 0,
  ...more,
});

/** ESP in transport mode, whatever the algorithms. */
export const template = (more: Partial<Template> = {}): Template => ({
  id: { destination: wide(), spi: 0, protocol: 50 },
  family: AddressFamily.inet,
  source: wide(),
  reqid: 0,
  mode: Mode.transport,
  share: 0,
  optional: 0,
  authenticationAlgorithms: 0xffff_ffff,
  encryptionAlgorithms: 0xffff_ffff,
  compressionAlgorithms: 0xffff_ffff,
  ...more,
});
