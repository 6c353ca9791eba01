/**
 * What a socket asks to hear. XFRM has groups for it: no algorithms are told of, and other programs' requests are not heard.
 */
import { Errno, type Header, Refusal } from "@keysock/engine/linux";
import { XfrmGroup } from "../numbers.ts";
import type { XfrmNetlink } from "./xfrm-netlink.ts";

/** The groups of what changes, which every PF_KEY socket hears of. */
const changes = [XfrmGroup.sa, XfrmGroup.policy, XfrmGroup.migrate] as const;
/**
 * The groups of what the kernel tells by itself. To be in that of ACQUIRE makes a difference to it: packets for which there is no SA
 * wait for one.
 */
const events = [XfrmGroup.expire, XfrmGroup.acquire, XfrmGroup.mapping] as const;

const highestSaType = 9;

export interface Audience {
  /** @throws Refusal with EEXIST for an SA type that is registered, EINVAL for one that none is */
  register(header: Header): void;
  /** @throws Refusal with EINVAL */
  promisc(header: Header): void;
}

/** @throws what the netlink socket throws */
export function createAudience(netlink: XfrmNetlink): Audience {
  const registered = new Set<number>();
  let listening = false;
  for (const group of changes) netlink.join(group);

  function listen(on: boolean): void {
    if (on === listening) return;
    listening = on;
    for (const group of events) {
      if (on) netlink.join(group);
      else netlink.leave(group);
    }
  }

  return {
    register({ saType }) {
      if (saType > highestSaType) throw new Refusal(Errno.EINVAL);
      if (registered.has(saType)) throw new Refusal(Errno.EEXIST);
      if (saType === 0) return;
      registered.add(saType);
      listen(true);
    },
    promisc({ saType }) {
      if (saType > 1) throw new Refusal(Errno.EINVAL);
      listen(saType === 1 || registered.size > 0);
    },
  };
}
