/**
 * An SA as illumos shows it.
 */
import { IllumosSaFlag, type KeyExtension, type OutgoingExtension } from "@keysock/wire";
import { countersExtension, type Limits, limitsExtension } from "../lifetime.ts";
import type { Sa, SaKey } from "./sa.ts";

/** All of it, keys included: GET and DUMP. */
export const saExtensions = (sa: Sa): OutgoingExtension[] => [
  ...beforeKeys(sa),
  ...keyExtension("keyAuthentication", sa.authenticationKey),
  ...keyExtension("keyEncryption", sa.encryptionKey),
  ...afterKeys(sa),
];

/** All but the keys: DELETE and DELPAIR. */
export const keylessExtensions = (sa: Sa): OutgoingExtension[] => [...beforeKeys(sa), ...afterKeys(sa)];

/** With the limit that was reached: EXPIRE. */
export const expireExtensions = (
  sa: Sa,
  kind: "lifetimeHard" | "lifetimeSoft" | "lifetimeIdle",
  limits: Limits,
): OutgoingExtension[] => [
  saExtension(sa),
  countersExtension(sa.current),
  limitsExtension(kind, limits),
  ...endAddresses(sa),
  ...sa.identities,
];

/** Of a larval SA there is nothing else: GETSPI. */
export const larvalExtensions = (sa: Sa): OutgoingExtension[] => [saExtension(sa), ...endAddresses(sa)];

const beforeKeys = (sa: Sa): OutgoingExtension[] => [
  saExtension(sa),
  countersExtension(sa.current),
  ...limitsIfAny("lifetimeHard", sa.hard),
  ...limitsIfAny("lifetimeSoft", sa.soft),
  ...limitsIfAny("lifetimeIdle", sa.idle),
  ...sa.addresses,
  ...sa.cookie,
];

const afterKeys = (sa: Sa): OutgoingExtension[] => [
  ...sa.identities,
  ...sa.labels,
  ...(sa.pair === undefined ? [] : [{ kind: "pair", spi: sa.pair.spi } as const]),
  ...(sa.replayValue === 0 ? [] : [{ kind: "replayValue", replay32: sa.replayValue, replay64: 0n } as const]),
];

function saExtension(sa: Sa): OutgoingExtension {
  const paired = sa.pair === undefined ? 0 : IllumosSaFlag.paired;
  const used = sa.usedAt === undefined ? 0 : IllumosSaFlag.used;
  return {
    kind: "sa",
    spi: sa.spi,
    replay: sa.replay,
    state: sa.state,
    authentication: sa.authentication,
    encryption: sa.encryption,
    flags: (sa.flags | paired | used) >>> 0,
  };
}

/** Source and destination. */
const endAddresses = (sa: Sa): OutgoingExtension[] =>
  sa.addresses.filter(({ kind }) => kind === "addressSource" || kind === "addressDestination");

function limitsIfAny(
  kind: "lifetimeHard" | "lifetimeSoft" | "lifetimeIdle",
  limits: Limits,
): OutgoingExtension[] {
  const { allocations, bytes, addTime, useTime } = limits;
  const none = allocations === 0 && bytes === 0n && addTime === 0n && useTime === 0n;
  return none ? [] : [limitsExtension(kind, limits)];
}

/** A salt is shown beside its key. */
function keyExtension(kind: KeyExtension["kind"], key: SaKey | undefined): OutgoingExtension[] {
  if (key === undefined) return [];
  const { saltBits, bytes } = key;
  const bits = key.bits - saltBits;
  if (saltBits === 0) return [{ kind, bits, reserved: 0, key: bytes }];
  return [
    {
      kind,
      bits,
      reserved: saltBits,
      key: bytes.subarray(0, Math.ceil(bits / 8)),
      salt: bytes.subarray(Math.ceil(bits / 8)),
    },
  ];
}
