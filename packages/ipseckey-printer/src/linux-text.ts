/**
 * What no Solaris ever sent (linux/pfkeyv2.h, linux/ipsec.h), in lines of the same make.
 */
import type {
  IpsecRequest,
  KmAddressExtension,
  PolicyExtension,
  Sa2Extension,
  SecurityContextExtension,
} from "@keysock/wire";
import { sockaddrText } from "./address-text.ts";
import type { PrintOptions } from "./options.ts";
import { printable } from "./printable.ts";

const modes = ["any", "transport", "tunnel", "beet"];
const policyTypes = ["discard", "none", "ipsec", "entrust", "bypass"];
const directions = ["any", "in", "out", "fwd", "in (socket)", "out (socket)"];
const levels = ["default", "use", "require", "unique"];

const nameOf = (names: readonly string[], number: number): string => names[number] ?? `<unknown ${number}>`;

/** An SA's mode and the id by which policies ask for it. */
export const sa2Text = ({ mode, reqid, sequence }: Sa2Extension): string =>
  `OTH: Mode ${nameOf(modes, mode)}, request id=${reqid}, sequence=${sequence}\n`;

/** A security policy with its transforms, the innermost first. */
export function policyText(policy: PolicyExtension, options: PrintOptions): string {
  const { policyType, direction, id, priority, requests } = policy;
  const type = nameOf(policyTypes, policyType);
  return (
    `POL: Policy type ${type}, direction ${nameOf(directions, direction)}, id=${id}, priority=${priority}\n` +
    requests.map((request, i) => requestText(i + 1, request, options)).join("")
  );
}

function requestText(number: number, request: IpsecRequest, options: PrintOptions): string {
  const { protocol, mode, level, reqid, source, destination } = request;
  const how = `mode ${nameOf(modes, mode)}, level ${nameOf(levels, level)}, request id=${reqid}`;
  const ends = [source, destination].map((sockaddr, i) =>
    sockaddr === undefined ? "" : `POL:  ${i === 0 ? "From" : "To"} ${sockaddrText(sockaddr, 0, options)}.\n`,
  );
  return `POL:  Transform #${number} proto=${protocol}, ${how}\n${ends.join("")}`;
}

/** A security context, for example SELinux's. */
export const securityContextText = ({ algorithm, doi, context }: SecurityContextExtension): string =>
  `SEC: Security context, algorithm=${algorithm}, doi=${doi}\nSEC: ${printable(context)}\n`;

/** The addresses that key management uses after a MIGRATE. */
export const kmAddressText = ({ local, remote }: KmAddressExtension, options: PrintOptions): string =>
  "KMA: Key management addresses.\n" +
  `KMA: Local ${sockaddrText(local, 0, options)}.\n` +
  `KMA: Remote ${sockaddrText(remote, 0, options)}.\n`;
