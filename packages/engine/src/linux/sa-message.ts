/**
 * An SA as Linux shows it.
 */
import { type OutgoingExtension, SaState } from "@keysock/wire";
import { sameAddress } from "../address.ts";
import { countersExtension, limitsExtension } from "../lifetime.ts";
import { addressExtension, fitted } from "./address.ts";
import type { SaKey, ShownSa } from "./sa.ts";

/** All of it, keys included: what every message about an SA but EXPIRE carries. */
export function saExtensions(sa: ShownSa): OutgoingExtension[] {
  return [
    saExtension(sa),
    limitsExtension("lifetimeHard", sa.hard),
    limitsExtension("lifetimeSoft", sa.soft),
    countersExtension(sa.current),
    ...addresses(sa),
    ...keyExtension("keyAuthentication", sa.authenticationKey),
    ...keyExtension("keyEncryption", sa.encryptionKey),
    ...tail(sa),
  ];
}

/** With the limit that was reached and without keys: EXPIRE. */
export function expireExtensions(sa: ShownSa, reached: "hard" | "soft"): OutgoingExtension[] {
  return [
    saExtension(sa),
    reached === "hard" ? limitsExtension("lifetimeHard", sa.hard) : limitsExtension("lifetimeSoft", sa.soft),
    countersExtension(sa.current),
    ...addresses(sa),
    ...tail(sa),
  ];
}

function saExtension(sa: ShownSa): OutgoingExtension {
  return {
    kind: "sa",
    spi: sa.spi,
    replay: sa.replay,
    state: stateOf(sa),
    authentication: sa.authentication,
    encryption: sa.encryption,
    flags: sa.flags,
  };
}

function stateOf(sa: ShownSa): number {
  if (sa.state === "mature") return sa.dying ? SaState.dying : SaState.mature;
  return sa.state === "larval" ? SaState.larval : SaState.dead;
}

function addresses(sa: ShownSa): OutgoingExtension[] {
  const both = [
    addressExtension("addressSource", sa.source, 0),
    addressExtension("addressDestination", sa.destination, 0),
  ];
  const innerSource = fitted(sa.inner.source, sa.source.length);
  if (sameAddress(innerSource, sa.source)) return both;
  return [...both, addressExtension("addressProxy", innerSource, 255, sa.inner.prefixLength)];
}

function keyExtension(
  kind: "keyAuthentication" | "keyEncryption",
  key: SaKey | undefined,
): OutgoingExtension[] {
  return key === undefined || key.bits === 0 ? [] : [{ kind, bits: key.bits, reserved: 0, key: key.bytes }];
}

function tail(sa: ShownSa): OutgoingExtension[] {
  const sa2: OutgoingExtension = {
    kind: "sa2",
    mode: sa.mode,
    reserved1: 0,
    reserved2: 0,
    sequence: 0,
    reqid: sa.reqid,
  };
  if (sa.encapsulation === undefined) return [sa2];
  const { type, sourcePort, destinationPort } = sa.encapsulation;
  return [
    sa2,
    { kind: "natTType", natTType: type, reserved: 0 },
    { kind: "natTSourcePort", port: sourcePort, reserved: 0 },
    { kind: "natTDestinationPort", port: destinationPort, reserved: 0 },
  ];
}
