/**
 * The reqids that the kernel chooses over PF_KEY for level unique, and that over XFRM nobody does.
 */
import { Errno, Refusal, type Reqids } from "@keysock/engine/linux";
import { attributeValue, type XfrmMessage } from "../message.ts";
import type { Line } from "./line.ts";

/** IPSEC_MANUAL_REQID_MAX of linux/ipsec.h: those above are not for users to choose. */
const highestManual = 0x3fff;
const highest = 0xffff_ffff;

/** How long the kernel may take to list the policies, in milliseconds. */
const listingMs = 10_000;

export interface UsedReqids extends Reqids {
  /** Those of a policy are used. */
  note(message: XfrmMessage): void;
}

/** The first time that one is wanted the policies are listed; after that `note` must be told of each new one. */
export function createReqids(line: Line): UsedReqids {
  const used = new Set<number>();
  let listed = false;
  let last = highestManual;

  function note(message: XfrmMessage): void {
    if (message.type !== "newPolicy" && message.type !== "updPolicy") return;
    for (const { reqid } of attributeValue(message, "tmpl") ?? []) {
      if (reqid > highestManual) used.add(reqid);
    }
  }

  /** @throws Refusal with ENOBUFS, which PF_KEY gives where it has none left */
  function list(): void {
    let done = false;
    line.dump(
      { type: "getPolicy", attributes: [] },
      {
        told(message) {
          note(message);
          return true;
        },
        ended() {
          done = true;
        },
      },
    );
    line.flush();
    if (!line.receiveUntil(() => done, listingMs)) throw new Refusal(Errno.ENOBUFS);
    listed = true;
  }

  return {
    note,
    newReqid() {
      if (!listed) list();
      do last = last === highest ? highestManual + 1 : last + 1;
      while (used.has(last));
      used.add(last);
      return last;
    },
  };
}
