import { addressKey } from "../address.ts";
import { createNewestFirst } from "../newest-first.ts";
import type { Policy, Selector } from "./policy.ts";

/** The security policy database. */
export interface Spd {
  /** Gives the policy an id; or, where one with its selector is there already, takes over its id and returns it removed. */
  insert(policy: Policy): Policy | undefined;
  remove(policy: Policy): void;
  find(selector: Selector): Policy | undefined;
  findById(id: number): Policy | undefined;
  /** A reqid that no user may choose: above IPSEC_MANUAL_REQID_MAX. */
  newReqid(): number;
  walk(): () => Policy | undefined;
}

/** IPSEC_MANUAL_REQID_MAX of linux/ipsec.h. */
export const maximumManualReqid = 0x3fff;

/** Directions as ids have them in their lowest bits: 0 in, 1 out, 2 fwd. */
const idStep = 8;

export function createSpd(): Spd {
  const all = createNewestFirst<Policy>();
  const bySelector = new Map<string, Policy>();
  const byId = new Map<number, Policy>();
  let nextId = 0;
  let lastReqid = maximumManualReqid;

  const newId = (direction: number): number => {
    for (;;) {
      const id = (nextId | (direction - 1)) >>> 0 || idStep;
      nextId = (nextId + idStep) >>> 0;
      if (!byId.has(id)) return id;
    }
  };

  const remove = (policy: Policy): void => {
    if (policy.place === undefined) return;
    all.remove(policy.place);
    policy.place = undefined;
    bySelector.delete(selectorKey(policy.selector));
    byId.delete(policy.id);
  };

  return {
    insert(policy) {
      const replaced = bySelector.get(selectorKey(policy.selector));
      if (replaced !== undefined) remove(replaced);
      policy.id = replaced?.id ?? newId(policy.selector.direction);
      policy.place = all.add(policy);
      bySelector.set(selectorKey(policy.selector), policy);
      byId.set(policy.id, policy);
      return replaced;
    },

    remove,
    find: (selector) => bySelector.get(selectorKey(selector)),
    findById: (id) => byId.get(id),

    newReqid() {
      lastReqid = lastReqid === 0xffff_ffff ? maximumManualReqid + 1 : lastReqid + 1;
      return lastReqid;
    },

    walk: all.walk,
  };
}

const selectorKey = (selector: Selector): string =>
  [
    selector.direction,
    selector.sourcePrefixLength,
    selector.sourcePort,
    selector.destinationPrefixLength,
    selector.destinationPort,
    selector.protocol,
    addressKey(selector.source) + addressKey(selector.destination),
  ].join(" ");
