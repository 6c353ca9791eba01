/**
 * An SA as Linux shows it.
 */
import { type OutgoingExtension, SaState } from "@keysock/wire";
import { sameAddress } from "../address.ts";
import { countersExtension, limitsExtension } from "../lifetime.ts";
import { addressExtension, fitted } from "./address.ts";
import type { SaKey, ShownSa } from "./sa.ts";

/**
 * All of it, keys included: what every message about an SA but EXPIRE carries.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { debianLinux } from "@keysock/engine";
 * import { addressExtension, askedSa, saExtensions } from "@keysock/engine/linux";
 * import { decode, encode, linux, request } from "@keysock/wire";
 *
 * const sa = { kind: "sa", spi: 7, replay: 64, state: 1, authentication: 0, encryption: 2, flags: 0 } as const;
 * const source = addressExtension("addressSource", Uint8Array.of(192, 0, 2, 1), 0);
 * const destination = addressExtension("addressDestination", Uint8Array.of(192, 0, 2, 2), 0);
 * const message = request("add", "ipcomp", [sa, source, destination]);
 * const asked = askedSa(decode(encode(message, linux), linux).message, debianLinux);
 * const current = { allocations: 0, bytes: 0n, addTime: 0, useTime: 0 };
 * const shown = saExtensions({ ...asked, state: "mature", dying: false, current });
 * assert.deepEqual(shown[0], { ...sa, replay: 32 });
 * ```
 */
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

/**
 * With the limit that was reached and without keys: EXPIRE.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { debianLinux } from "@keysock/engine";
 * import { addressExtension, askedSa, expireExtensions } from "@keysock/engine/linux";
 * import { decode, encode, linux, request } from "@keysock/wire";
 *
 * const sa = { kind: "sa", spi: 7, replay: 64, state: 1, authentication: 0, encryption: 2, flags: 0 } as const;
 * const source = addressExtension("addressSource", Uint8Array.of(192, 0, 2, 1), 0);
 * const destination = addressExtension("addressDestination", Uint8Array.of(192, 0, 2, 2), 0);
 * const message = request("add", "ipcomp", [sa, source, destination]);
 * const asked = askedSa(decode(encode(message, linux), linux).message, debianLinux);
 * const current = { allocations: 0, bytes: 0n, addTime: 0, useTime: 0 };
 * const shown = expireExtensions({ ...asked, state: "mature", dying: true, current }, "soft");
 * assert.deepEqual(shown.slice(0, 3).map(({ kind }) => kind), ["sa", "lifetimeSoft", "lifetimeCurrent"]);
 * ```
 */
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
