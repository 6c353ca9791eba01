/**
 * The requests of a POLICY extension, as Linux reads them (linux/ipsec.h).
 */
import {
  IpsecLevel,
  IpsecMode,
  type IpsecRequest,
  PolicyDirection,
  type PolicyExtension,
} from "@keysock/wire";
import { Refusal } from "../refusal.ts";
import { addressOf } from "./address.ts";
import { Errno } from "./errno.ts";
import type { Template } from "./policy.ts";
import { Protocol } from "./protocol.ts";
import { maximumManualReqid, type Spd } from "./spd.ts";

/** Who chooses reqids that no user may. */
export type Reqids = Pick<Spd, "newReqid">;

/** XFRM_MAX_DEPTH. */
const maximumTemplates = 6;

const policyBytes = 16;
const requestBytes = 16;

const protocols: ReadonlySet<number> = new Set([
  Protocol.esp,
  Protocol.ah,
  Protocol.comp,
  Protocol.routing,
  Protocol.destinationOptions,
]);

/** @throws Refusal with ELOOP for more than six requests, EINVAL for what a request may not be */
export function templatesOf(policy: PolicyExtension, reqids: Reqids): Template[] {
  const templates: Template[] = [];
  let room = policy.length * 8 - policyBytes;
  for (const request of policy.requests) {
    if (templates.length === maximumTemplates) throw new Refusal(Errno.ELOOP);
    templates.push(templateOf(request, policy.direction, reqids));
    room -= request.length ?? 0;
  }
  // A request whose own length is impossible was not read; what is shorter than a request is no request.
  if (room >= requestBytes) throw new Refusal(Errno.EINVAL);
  return templates;
}

function templateOf(request: IpsecRequest, direction: number, reqids: Reqids): Template {
  const { protocol, mode, level } = request;
  if (mode === IpsecMode.any || mode > IpsecMode.beet) throw new Refusal(Errno.EINVAL);
  if (!protocols.has(protocol)) throw new Refusal(Errno.EINVAL);
  const optional = level === IpsecLevel.use;
  // A packet that leaves could not tell whether an optional tunnel was there.
  if (optional && mode !== IpsecMode.transport && direction === PolicyDirection.out) {
    throw new Refusal(Errno.EINVAL);
  }
  const reqid = level === IpsecLevel.unique ? uniqueReqid(request.reqid, reqids) : 0;
  return {
    protocol,
    mode,
    reqid,
    optional,
    tunnel: mode === IpsecMode.tunnel ? tunnelOf(request) : undefined,
  };
}

/** The kernel chooses for those who do not, or who choose one of its own. */
function uniqueReqid(asked: number, reqids: Reqids): number {
  return asked === 0 || asked > maximumManualReqid ? reqids.newReqid() : asked;
}

function tunnelOf({ source, destination }: IpsecRequest): Template["tunnel"] {
  if (source === undefined || destination === undefined) throw new Refusal(Errno.EINVAL);
  if (source.family !== destination.family) throw new Refusal(Errno.EINVAL);
  return { source: addressOf(source), destination: addressOf(destination) };
}
