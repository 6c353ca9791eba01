/**
 * What a MIGRATE asks for: pairs of IPsec requests in a POLICY extension, each an old pair of end points and the new one
 * (draft-ebalard-mext-pfkey-enhanced-migrate section 5; measured on Linux 6.1).
 */
import { IpsecLevel, IpsecMode, type IpsecRequest, type PolicyExtension } from "@keysock/wire";
import { sameAddress } from "../address.ts";
import { Refusal } from "../refusal.ts";
import { addressOf, sockaddr } from "./address.ts";
import { Errno } from "./errno.ts";

/** XFRM_MAX_DEPTH. */
const maximumMigrations = 6;
const policyBytes = 16;
/** Linux has 8 bits for what is 16 in the request. */
const protocolMask = 0xff;

/** The two ends of an SA or a tunnel, of one family. */
export interface EndPoints {
  /** 4 or 16 bytes. */
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
}

/** One transform that moves. */
export interface Migration {
  readonly protocol: number;
  /** One of `IpsecMode`, but any. */
  readonly mode: number;
  /** 0 is any. */
  readonly reqid: number;
  readonly from: EndPoints;
  readonly to: EndPoints;
}

/**
 * The moves that the POLICY of a MIGRATE asks for: one for each two requests in it, the old end points and the new.
 *
 * @throws Refusal with EINVAL
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { migrationsIn, Protocol, sockaddr } from "@keysock/engine/linux";
 * import { decode, encode, find, IpsecLevel, IpsecMode, linux } from "@keysock/wire";
 * import { PolicyDirection, PolicyType, request } from "@keysock/wire";
 *
 * const requests = [1, 2].map((last) => ({
 *   protocol: Protocol.esp, mode: IpsecMode.tunnel, level: IpsecLevel.require, reserved1: 0, reqid: 0, reserved2: 0,
 *   source: sockaddr(Uint8Array.of(192, 0, 2, last)),
 *   destination: sockaddr(Uint8Array.of(198, 51, 100, last)),
 * }));
 * const policy = {
 *   kind: "policy", policyType: PolicyType.ipsec, direction: PolicyDirection.out, reserved: 0, id: 0, priority: 0,
 *   requests,
 * } as const;
 * const { message } = decode(encode(request("migrate", "unspec", [policy]), linux), linux);
 * const [migration] = migrationsIn(find(message, "policy")!);
 * assert.deepEqual(migration?.to.source, Uint8Array.of(192, 0, 2, 2));
 * ```
 */
export function migrationsIn(policy: PolicyExtension): Migration[] {
  const { requests } = policy;
  const used = requests.reduce((sum, { length = 0 }) => sum + length, policyBytes);
  // What is left over is no request.
  if (used !== policy.length * 8) throw new Refusal(Errno.EINVAL);
  const count = requests.length / 2;
  if (!Number.isInteger(count) || count === 0 || count > maximumMigrations) throw new Refusal(Errno.EINVAL);
  const migrations = Array.from({ length: count }, (_, at) =>
    migrationOf(requests[at * 2]!, requests[at * 2 + 1]!),
  );
  const isRepeated = (one: Migration, at: number) =>
    migrations.slice(0, at).some((other) => isSameMove(one, other));
  if (migrations.some(isRepeated)) throw new Refusal(Errno.EINVAL);
  return migrations;
}

function migrationOf(old: IpsecRequest, young: IpsecRequest): Migration {
  const { protocol, mode, reqid } = old;
  const differ = young.protocol !== protocol || young.mode !== mode || young.reqid !== reqid;
  if (differ || mode > IpsecMode.beet) throw new Refusal(Errno.EINVAL);
  const to = endPointsOf(young);
  if (isUnspecified(to.source) || isUnspecified(to.destination)) throw new Refusal(Errno.EINVAL);
  return {
    protocol: protocol & protocolMask,
    mode: mode === IpsecMode.any ? IpsecMode.transport : mode,
    reqid,
    from: endPointsOf(old),
    to,
  };
}

function endPointsOf({ source, destination }: IpsecRequest): EndPoints {
  if (source === undefined || source.family !== destination?.family) throw new Refusal(Errno.EINVAL);
  return { source: addressOf(source), destination: addressOf(destination) };
}

const isUnspecified = (address: Uint8Array): boolean => address.every((byte) => byte === 0);

const isSameMove = (a: Migration, b: Migration): boolean =>
  a.protocol === b.protocol &&
  a.mode === b.mode &&
  a.reqid === b.reqid &&
  sameAddress(a.from.source, b.from.source) &&
  sameAddress(a.from.destination, b.from.destination);

/** As it is told to everybody. */
export function requestsOf({ protocol, mode, reqid, from, to }: Migration): IpsecRequest[] {
  const level = reqid === 0 ? IpsecLevel.require : IpsecLevel.unique;
  return [from, to].map(({ source, destination }) => ({
    protocol,
    mode,
    level,
    reserved1: 0,
    reqid,
    reserved2: 0,
    source: sockaddr(source),
    destination: sockaddr(destination),
  }));
}
