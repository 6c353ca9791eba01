/**
 * MIGRATE: SAs and the transforms of a policy get other end points.
 */
import {
  Errno,
  kmAddressOf,
  migrateExtensions,
  migrationsIn,
  type Migration as PfKeyMigration,
  Refusal,
  saTypeOf,
  selectorOf,
  sockaddr,
} from "@keysock/engine/linux";
import { find, IpsecMode, type Message, type OutgoingExtension } from "@keysock/wire";
import { addressBytes } from "../address.ts";
import type { Attribute } from "../attribute.ts";
import { attributeValue } from "../message.ts";
import type { Migration } from "../migration.ts";
import type { PolicyId } from "../policy-id.ts";
import { familyOf } from "./family.ts";
import type { Question } from "./line.ts";
import { pfkeyMode, xfrmMode } from "./modes.ts";
import { policyAttributes, selectorIn } from "./policy-question.ts";
import type { Attributes } from "./sa-shown.ts";
import { pfkeySelector } from "./selectors.ts";
import type { Told } from "./told.ts";

/** @throws Refusal */
export function migrateQuestion(message: Message): Question {
  const xfrm = find(message, "xfrm");
  const selector = selectorOf(message);
  const policy = find(message, "policy");
  if (policy === undefined) throw new Refusal(Errno.EINVAL);
  const attributes: Attribute[] = [...policyAttributes(xfrm)];
  for (const extension of kmAddressOf(message)) {
    if (extension.kind !== "kmAddress") continue;
    const { local, remote } = extension;
    if (typeof local.family === "number" || typeof remote.family === "number") continue;
    const family = familyOf(local.address);
    attributes.push({ kind: "kmAddress", value: { local: local.address, remote: remote.address, family } });
  }
  attributes.push({ kind: "migrate", value: migrationsIn(policy).map(toXfrm) });
  return {
    type: "migrate",
    body: { selector: selectorIn(selector, xfrm), index: 0, direction: selector.direction - 1 },
    attributes,
  };
}

export function migrateTold({ selector, direction }: PolicyId, message: Attributes): Told {
  const migrations = (attributeValue(message, "migrate") ?? []).map(toPfKey);
  const km = attributeValue(message, "kmAddress");
  const extensions: OutgoingExtension[] = migrateExtensions(pfkeySelector(selector, direction), migrations);
  if (km !== undefined) {
    const { family } = km;
    const local = sockaddr(addressBytes(km.local, family));
    const remote = sockaddr(addressBytes(km.remote, family));
    extensions.unshift({ kind: "kmAddress", reserved: 0, local, remote });
  }
  return { type: "migrate", saType: saTypeOf(migrations[0]?.protocol ?? 0), extensions };
}

const toXfrm = ({ protocol, mode, reqid, from, to }: PfKeyMigration): Migration => ({
  oldSource: from.source,
  oldDestination: from.destination,
  oldFamily: familyOf(from.source),
  newSource: to.source,
  newDestination: to.destination,
  newFamily: familyOf(to.source),
  protocol,
  mode: xfrmMode(mode),
  reqid,
});

function toPfKey(migration: Migration): PfKeyMigration {
  const { protocol, mode, reqid, oldFamily, newFamily } = migration;
  return {
    protocol,
    mode: pfkeyMode(mode) ?? IpsecMode.any,
    reqid,
    from: {
      source: addressBytes(migration.oldSource, oldFamily),
      destination: addressBytes(migration.oldDestination, oldFamily),
    },
    to: {
      source: addressBytes(migration.newSource, newFamily),
      destination: addressBytes(migration.newDestination, newFamily),
    },
  };
}
