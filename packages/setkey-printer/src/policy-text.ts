import type { Host } from "@keysock/host";
import {
  type IpsecRequest,
  type PolicyExtension,
  PolicyType,
  type Problem,
  type Sockaddr,
  XfrmMode,
  type XfrmTemplate,
} from "@keysock/wire";
import { isInsidePolicy } from "./complaint.ts";
import { ipText, portOf } from "./ip-text.ts";
import { xfrmModeText } from "./xfrm-text.ts";

interface PolicyTextOptions {
  host: Host;
  /** `-p`: the port after each end point of a tunnel. */
  ports?: boolean;
  /** What XFRM says of each request beyond PF_KEY. */
  templates?: readonly XfrmTemplate[] | undefined;
}

const directions = ["any", "in", "out", "fwd", "in(socket)", "out(socket)"];
const types = ["discard", "none", "ipsec", "entrust", "bypass"];
const modes = ["any", "transport", "tunnel"];
const levels = ["default", "use", "require", "unique"];
const protocols: ReadonlyMap<number, string> = new Map([
  [50, "esp"],
  [51, "ah"],
  [108, "ipcomp"],
]);

const priorityBases = [
  { word: "high", base: 0x40000000, below: 0x60000000 },
  { word: "def", base: 0x80000000, below: 0xa0000000 },
  { word: "low", base: 0xc0000000, below: Number.POSITIVE_INFINITY },
];

/** Ids above this one are the kernel's own (IPSEC_MANUAL_REQID_MAX in linux/ipsec.h). */
const manualReqidMax = 0x3fff;

/**
 * A line of direction, priority and action and one for each rule, or one of what libipsec says of it.
 *
 * @param problems - of the message
 */
export function policyText(
  policy: PolicyExtension,
  problems: readonly Problem[],
  options: PolicyTextOptions,
): string {
  const direction = directions[policy.direction];
  if (direction === undefined) return undecodable("Invalid direction");
  const type = types[policy.policyType];
  if (type === undefined || problems.some(({ reason }) => isInsidePolicy(reason))) {
    return undecodable("Invalid security policy");
  }
  let text = `\t${direction}${priorityText(policy.priority)} ${type}\n`;
  if (policy.policyType !== PolicyType.ipsec) return text;
  for (const [index, request] of policy.requests.entries()) {
    const protocol = protocols.get(request.protocol);
    if (protocol === undefined) return undecodable("Invalid ipsec protocol");
    const mode = modeText(request, options.templates?.[index]);
    if (mode === undefined) return undecodable("Invalid ipsec mode");
    const level = levels[request.level];
    if (level === undefined) return undecodable("Invalid ipsec level");
    text += `\t${protocol}/${mode}/${endPointsText(request, options)}/${level}${reqidText(request.reqid)}\n`;
  }
  return text;
}

/** PF_KEY's word where it has one, or XFRM's. */
function modeText({ mode }: IpsecRequest, template: XfrmTemplate | undefined): string | undefined {
  const isPfkeys = template === undefined || template.mode <= XfrmMode.tunnel;
  return isPfkeys ? modes[mode] : xfrmModeText(template.mode);
}

const undecodable = (reason: string): string => `\tPolicy:[${reason}]\n`;

/** The nearest of three bases and the distance to it; a smaller number is a higher priority. */
function priorityText(priority: number): string {
  if (priority === 0) return "";
  const { word, base } = priorityBases.find(({ below }) => priority < below)!;
  const offset = base - priority;
  if (offset === 0) return ` prio ${word}`;
  return ` prio ${word} ${offset > 0 ? "+" : "-"} ${Math.abs(offset)}`;
}

function endPointsText({ source, destination }: IpsecRequest, { host, ports }: PolicyTextOptions): string {
  if (source === undefined || destination === undefined) return "";
  const endPoint = (sockaddr: Sockaddr): string =>
    `${ipText(sockaddr, host) ?? "?"}${ports ? `[${portOf(sockaddr)}]` : ""}`;
  return `${endPoint(source)}-${endPoint(destination)}`;
}

function reqidText(reqid: number): string {
  if (reqid === 0) return "";
  return `${reqid > manualReqidMax ? "#" : ":"}${reqid}`;
}
