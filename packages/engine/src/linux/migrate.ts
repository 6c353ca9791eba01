import { find, IpsecMode, type Message, type OutgoingExtension, PolicyType } from "@keysock/wire";
import { sameAddress } from "../address.ts";
import { Refusal } from "../refusal.ts";
import { enter } from "./add-update.ts";
import { addressExtension, addressOf, fitted, sockaddr } from "./address.ts";
import { install, withdraw } from "./ageing.ts";
import { announce } from "./delivery.ts";
import { Errno } from "./errno.ts";
import type { Handler, Kernel } from "./kernel.ts";
import { type EndPoints, type Migration, migrationsIn, requestsOf } from "./migration.ts";
import type { Selector, Template } from "./policy.ts";
import { saTypeOf } from "./protocol.ts";
import { copiedKey, type Sa, wipeKeys } from "./sa.ts";
import { transformTakes } from "./sa-request.ts";
import { selectorOf } from "./selector.ts";

/** The type of KMADDRESS, whatever is in it. */
const kmAddressType = 25;

/**
 * Gives a policy, and one SA for each of its transforms that moves, other end points. Nothing is answered but what
 * everybody hears.
 */
export const migrate: Handler = (kernel, { message }) => {
  const selector = selectorOf(message);
  const extension = find(message, "policy");
  if (extension === undefined) throw new Refusal(Errno.EINVAL);
  const kmAddress = kmAddressOf(message);
  const migrations = migrationsIn(extension);
  const policy = kernel.spd.find(selector);
  if (policy === undefined) throw new Refusal(Errno.ENOENT);
  const templates = policy.templates.map((template) => movedTemplate(template, migrations));
  const moves = moveSas(kernel, migrations);
  if (templates.every((template) => template === undefined)) {
    undo(kernel, moves);
    throw new Refusal(Errno.ENODATA);
  }
  policy.templates = policy.templates.map((template, at) => templates[at] ?? template);
  for (const { old } of moves) drop(kernel, old);
  announce(
    kernel,
    {
      type: "migrate",
      saType: saTypeOf(migrations[0]!.protocol),
      sequence: 0,
      pid: 0,
      extensions: [...kmAddress, ...migrateExtensions(selector, migrations)],
    },
    "all",
  );
};

/**
 * The KMADDRESS of a MIGRATE, which is passed on to who hears of it; empty if there is none.
 *
 * @throws Refusal with EINVAL if it does not hold two addresses of one family
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { kmAddressOf, sockaddr } from "@keysock/engine/linux";
 * import { decode, encode, linux, request } from "@keysock/wire";
 *
 * const [local, remote] = [sockaddr(Uint8Array.of(192, 0, 2, 1)), sockaddr(Uint8Array.of(192, 0, 2, 2))];
 * const given = { kind: "kmAddress", reserved: 0, local, remote } as const;
 * const { message } = decode(encode(request("migrate", "unspec", [given]), linux), linux);
 * assert.deepEqual(kmAddressOf(message), [given]);
 * ```
 */
export function kmAddressOf(message: Message): OutgoingExtension[] {
  if (!message.extensions.some(({ type }) => type === kmAddressType)) return [];
  const given = find(message, "kmAddress");
  if (given === undefined || given.local.family !== given.remote.family) throw new Refusal(Errno.EINVAL);
  const [local, remote] = [sockaddr(addressOf(given.local)), sockaddr(addressOf(given.remote))];
  return [{ kind: "kmAddress", reserved: given.reserved, local, remote }];
}

/** The template with the end points that it has afterwards; undefined if none of the migrations means it. */
function movedTemplate(template: Template, migrations: readonly Migration[]): Template | undefined {
  let moved: Template | undefined;
  for (const migration of migrations) {
    const now = moved ?? template;
    if (meansTemplate(migration, now)) moved = hasEndPoints(now) ? { ...now, tunnel: migration.to } : now;
  }
  return moved;
}

const hasEndPoints = ({ mode }: Template): boolean => mode !== IpsecMode.transport;

function meansTemplate({ protocol, mode, reqid, from }: Migration, template: Template): boolean {
  if (template.protocol !== protocol || template.mode !== mode) return false;
  if (reqid !== 0 && template.reqid !== reqid) return false;
  return !hasEndPoints(template) || areFrom(template.tunnel ?? none, from);
}

/** What a BEET template has in the beginning. */
const none: EndPoints = { source: new Uint8Array(16), destination: new Uint8Array(16) };

/** Linux compares as many bytes as the old addresses have. */
const areFrom = (ends: EndPoints, { source, destination }: EndPoints): boolean =>
  sameAddress(fitted(ends.source, source.length), source) &&
  sameAddress(fitted(ends.destination, destination.length), destination);

/** An SA and the one that takes its place. */
interface Move {
  readonly old: Sa;
  readonly young: Sa;
}

/** For each migration the newest SA that it means gets a twin. @throws Refusal with ENODATA if there can be none */
function moveSas(kernel: Kernel, migrations: readonly Migration[]): Move[] {
  const moves: Move[] = [];
  for (const migration of migrations) {
    const old = newestOf(kernel, migration);
    if (old === undefined) continue;
    const young = twinOf(old, migration.to, kernel.clock.now());
    if (!place(kernel, old, young)) {
      wipeKeys(young);
      undo(kernel, moves);
      throw new Refusal(Errno.ENODATA);
    }
    moves.push({ old, young });
  }
  return moves;
}

function newestOf({ sadb }: Kernel, { protocol, mode, reqid, from }: Migration): Sa | undefined {
  const walk = sadb.walk();
  for (let sa = walk(); sa !== undefined; sa = walk()) {
    if (sa.protocol !== protocol || sa.mode !== mode || (reqid !== 0 && sa.reqid !== reqid)) continue;
    if (sameAddress(sa.source, from.source) && sameAddress(sa.destination, from.destination)) return sa;
  }
  return undefined;
}

function twinOf(old: Sa, { source, destination }: EndPoints, now: number): Sa {
  return {
    ...old,
    source,
    destination,
    dying: false,
    authenticationKey: copiedKey(old.authenticationKey),
    encryptionKey: copiedKey(old.encryptionKey),
    current: { ...old.current },
    limitedAt: now,
    alarm: undefined,
    place: undefined,
  };
}

/** False where the transform cannot be set up again, as with a larval SA, or another SA is there already. */
function place(kernel: Kernel, old: Sa, young: Sa): boolean {
  const changesFamily = young.source.length !== old.source.length;
  if ((changesFamily && young.mode === IpsecMode.transport) || !transformTakes(young)) return false;
  if (!sameAddress(young.destination, old.destination)) return enter(kernel, young);
  install(kernel, young);
  return true;
}

function undo(kernel: Kernel, moves: readonly Move[]): void {
  for (const { old, young } of moves.toReversed()) {
    drop(kernel, young);
    kernel.sadb.expose(old);
  }
}

function drop(kernel: Kernel, sa: Sa): void {
  withdraw(kernel, sa);
  wipeKeys(sa);
}

/**
 * What a MIGRATE carries, as it is told to everybody: the policy's selector, and every move in its POLICY.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { migrateExtensions, migrationsIn, Protocol } from "@keysock/engine/linux";
 * import { decode, encode, find, IpsecMode, linux, PolicyDirection, request } from "@keysock/wire";
 *
 * const ends = (last: number) =>
 *   ({ source: Uint8Array.of(192, 0, 2, last), destination: Uint8Array.of(198, 51, 100, last) });
 * const migration = { protocol: Protocol.esp, mode: IpsecMode.tunnel, reqid: 9, from: ends(1), to: ends(2) };
 * const selector = {
 *   ...{ direction: PolicyDirection.out, protocol: 0 },
 *   ...{ source: Uint8Array.of(10, 0, 1, 0), sourcePrefixLength: 24, sourcePort: 0 },
 *   ...{ destination: Uint8Array.of(10, 0, 2, 0), destinationPrefixLength: 24, destinationPort: 0 },
 * };
 * const told = request("migrate", "esp", migrateExtensions(selector, [migration]));
 * const policy = find(decode(encode(told, linux), linux).message, "policy")!;
 * assert.deepEqual(migrationsIn(policy), [migration]);
 * ```
 */
export function migrateExtensions(selector: Selector, migrations: readonly Migration[]): OutgoingExtension[] {
  const { source, sourcePrefixLength, destination, destinationPrefixLength, protocol, direction } = selector;
  return [
    addressExtension("addressSource", source, protocol, sourcePrefixLength),
    addressExtension("addressDestination", destination, protocol, destinationPrefixLength),
    {
      kind: "policy",
      policyType: PolicyType.ipsec,
      direction,
      reserved: 0,
      id: 0,
      priority: 0,
      requests: migrations.flatMap(requestsOf),
    },
  ];
}
