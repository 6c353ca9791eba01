import type { Host } from "@keysock/host";
import {
  type AddressExtension,
  type Decoded,
  find,
  type LifetimeExtension,
  type PolicyExtension,
} from "@keysock/wire";
import { complaintAbout } from "./complaint.ts";
import { dateText } from "./date.ts";
import { ipText, portOf } from "./ip-text.ts";
import { policyText } from "./policy-text.ts";
import { gre, isPortless } from "./portless.ts";
import { securityContextText } from "./security-context-text.ts";
import { xfrmLines } from "./xfrm-text.ts";

/** What changes the text of a policy. */
export interface SpEntryOptions {
  /** Its names of protocols, and its interfaces, for the scope of an address. */
  host: Host;
  /** `-p`: the port after each end point of a tunnel. */
  ports?: boolean;
  /** The word for any upper-layer protocol: ipsec-tools prints `any` up to 0.7 and `255` from 0.8 on. */
  wildcard: "any" | "255";
}

/** IPSEC_PROTO_ANY in netinet/ipsec.h. */
const anyProtocol = 255;

/**
 * A policy as `-DP` and `spddump` show it.
 *
 * @param decoded - a reply to SPDGET or SPDDUMP
 * @returns lines that end in a new line; dates are local time
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tableHost } from "@keysock/host";
 * import { spEntry } from "@keysock/setkey-printer";
 * import { decode, encode, linux, PolicyDirection, PolicyType, request } from "@keysock/wire";
 *
 * const ip = (last: number) => ({ family: "inet", port: 0, address: Uint8Array.of(10, 0, 0, last) }) as const;
 * const address = { protocol: 255, prefixLength: 32, reserved: 0 };
 * const { out: direction } = PolicyDirection;
 * const message = request("spddump", "unspec", [
 *   { kind: "addressSource", ...address, sockaddr: ip(1) },
 *   { kind: "addressDestination", ...address, sockaddr: ip(2) },
 *   { kind: "policy", policyType: PolicyType.none, direction, reserved: 0, id: 1, priority: 0x80000000, requests: [] },
 * ]);
 * assert.equal(
 *   spEntry(decode(encode(message, linux), linux), { host: tableHost(), wildcard: "any" }),
 *   "10.0.0.1[any] 10.0.0.2[any] any\n\tout prio def none\n\tspid=1 seq=0 pid=0\n\trefcnt=0\n",
 * );
 * ```
 */
export function spEntry(decoded: Decoded, options: SpEntryOptions): string {
  const { message } = decoded;
  const complaint = complaintAbout(decoded);
  if (complaint !== undefined) return `${complaint}\n`;
  const policy = find(message, "policy");
  const xfrm = find(message, "xfrm");
  if (policy === undefined) return "no X_POLICY extension.\n";
  const source = find(message, "addressSource");
  const destination = find(message, "addressDestination");
  let text: string;
  if (isPerSocket(policy)) text = "(per-socket policy) \n";
  else if (source === undefined || destination === undefined) {
    text = "(no selector, probably per-socket policy) \n";
  } else {
    text = `${selectorText(source, options.host)} ${selectorText(destination, options.host)} `;
    if (source.protocol !== destination.protocol) return `${text}upper layer protocol mismatched.\n`;
    text += `${upperText(source, destination, options)}\n`;
  }
  return (
    text +
    policyText(policy, decoded.problems, { ...options, templates: xfrm?.templates }) +
    currentText(find(message, "lifetimeCurrent")) +
    hardText(find(message, "lifetimeHard")) +
    securityContextText(find(message, "securityContext")) +
    xfrmLines(xfrm, options.host) +
    `\tspid=${policy.id} seq=${message.sequence} pid=${message.pid}\n` +
    `\trefcnt=${message.reserved}\n`
  );
}

/** Linux numbers policies by direction modulo 8; the socket directions follow the three others. */
const isPerSocket = ({ id }: PolicyExtension): boolean => id % 8 >= 3;

function selectorText({ protocol, prefixLength, sockaddr }: AddressExtension, host: Host): string {
  const ip = ipText(sockaddr, host);
  if (ip === undefined) return "unknown-af";
  const prefix = prefixLength === (sockaddr.family === "inet" ? 32 : 128) ? "" : `/${prefixLength}`;
  if (isPortless(protocol)) return ip + prefix;
  const port = portOf(sockaddr);
  return `${ip}${prefix}[${port === 0 ? "any" : port}]`;
}

function upperText(source: AddressExtension, destination: AddressExtension, options: SpEntryOptions): string {
  const { protocol } = source;
  if (protocol === anyProtocol) return options.wildcard;
  const name = options.host.protocolName(protocol) ?? `${protocol}`;
  const [first, second] = [portOf(source.sockaddr), portOf(destination.sockaddr)];
  if (!isPortless(protocol) || (first === 0 && second === 0)) return name;
  return protocol === gre ? `${name} ${first * 0x10000 + second}` : `${name} ${first},${second}`;
}

function currentText(current: LifetimeExtension | undefined): string {
  if (current === undefined) return "";
  return `\tcreated: ${dateText(current.addTime)}  lastused: ${dateText(current.useTime)}\n`;
}

function hardText(hard: LifetimeExtension | undefined): string {
  return hard === undefined ? "" : `\tlifetime: ${hard.addTime}(s) validtime: ${hard.useTime}(s)\n`;
}
