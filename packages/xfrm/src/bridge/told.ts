/**
 * What the kernel tells over XFRM, as PF_KEY would tell it: everything but the numbers of the message.
 */
import { Protocol, saTypeOf } from "@keysock/engine/linux";
import type { MessageType, OutgoingExtension, SaType } from "@keysock/wire";
import { attributeValue, type XfrmMessage } from "../message.ts";
import type { PolicyInfo } from "../policy-info.ts";
import { shownPolicy } from "./policy-shown.ts";
import { shownSa } from "./sa-shown.ts";

export interface Told {
  readonly type: MessageType;
  readonly saType: SaType | number;
  /** That of an ACQUIRE; of others the kernel's message has it. */
  readonly sequence?: number;
  /** Of a policy: how many parts of the kernel hold it. */
  readonly reserved?: number;
  readonly extensions: readonly OutgoingExtension[];
}

/** What changed SAs or policies; undefined for everything else. `now` is in milliseconds since 1970. */
export function changeOf(message: XfrmMessage, now: number): Told | undefined {
  const seconds = Math.floor(now / 1000);
  switch (message.type) {
    case "newSa":
      return { type: "add", ...shownSa(message.body, message, seconds) };
    case "updSa":
      return { type: "update", ...shownSa(message.body, message, seconds) };
    case "delSa": {
      const sa = attributeValue(message, "sa");
      return sa && { type: "delete", ...shownSa(sa, message, seconds, true) };
    }
    case "flushSa": {
      const { protocol } = message.body;
      return { type: "flush", saType: saTypeOf(protocol || Protocol.any), extensions: [] };
    }
    case "newPolicy":
      return policyTold("spdadd", message.body, message, now);
    case "updPolicy":
      return policyTold("spdupdate", message.body, message, now);
    case "delPolicy": {
      const policy = attributeValue(message, "policy");
      const type = message.body.index === 0 ? "spddelete" : "spddelete2";
      // Only who deletes it holds it then.
      return policy && { type, saType: "unspec", reserved: 1, extensions: shownPolicy(policy, message) };
    }
    case "flushPolicy":
      return { type: "spdflush", saType: "unspec", extensions: [] };
  }
  return undefined;
}

/** The database holds it, whoever handles the request, and so does the timer in the first second and while there are lifetimes. */
function policyTold(
  type: MessageType,
  info: PolicyInfo,
  message: Parameters<typeof shownPolicy>[1],
  now: number,
): Told {
  return {
    type,
    saType: "unspec",
    reserved: references(info, now) + 1,
    extensions: shownPolicy(info, message),
  };
}

/** What an idle kernel's count would be: XFRM does not tell. */
export function references({ lifetime, current }: PolicyInfo, now: number): number {
  const { softAddTime, hardAddTime, softUseTime, hardUseTime } = lifetime;
  const timed =
    now < (Number(current.addTime) + 1) * 1000 ||
    [softAddTime, hardAddTime, softUseTime, hardUseTime].some((limit) => limit !== 0n);
  return timed ? 2 : 1;
}
