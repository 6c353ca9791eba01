import { algorithmByNumber } from "@keysock/algorithms";
import { SaState } from "@keysock/wire";
import { checkLinuxKeys } from "./check-linux-keys.ts";
import { mostSeconds, reasons, refusalOnLinux } from "./linux-support.ts";
import { natTPorts, natTProblem } from "./nat-t.ts";
import { onlyNames } from "./only-names.ts";
import { isTunnel, type Parameters, smallNumber, valueTokenOf, wordTokenOf } from "./parameters.ts";
import { ours } from "./problem.ts";
import { note, type Reading } from "./reading.ts";
import { isIpv4, type NetAddress } from "./resolve.ts";
import type { Target } from "./targets.ts";

type Refuse = (reason: string, token: number | undefined) => void;

/** Notes what a Linux kernel cannot hold, or would drop. */
export function checkLinux(reading: Reading, parameters: Parameters): void {
  const { command } = reading;
  const { given } = parameters;
  const refuse: Refuse = (reason, token) => {
    const what = token === undefined ? command.verb : command.tokens[token]!.text;
    note(
      reading,
      token,
      ours({ code: "not-on-linux", message: `${what} cannot be had on Linux: ${reason}.` }),
    );
  };
  if (command.kind === "update-pair" || command.kind === "delete-pair") refuse(reasons.noPairs, 0);
  for (const [name, { token }] of given) {
    const reason = refusalOnLinux(name, command.kind);
    if (reason !== undefined) refuse(reason, token);
  }
  checkSelectors(parameters, refuse);
  if (onlyNames(command.kind)) return;
  if (!parameters.udp) {
    for (const name of ["inbound", "outbound"] as const) {
      if (given.has(name)) refuse(reasons.noDirection, wordTokenOf(parameters, name));
    }
  }
  checkInner(reading, parameters, refuse);
  if (parameters.state !== undefined && parameters.state > SaState.mature) {
    refuse(reasons.alwaysMature, wordTokenOf(parameters, "state"));
  }
  if (smallNumber(parameters, "replay") > mostReplay) {
    refuse(reasons.window, wordTokenOf(parameters, "replay"));
  }
  for (const name of ["hard_addtime", "hard_usetime"] as const) {
    if ((parameters.numbers.get(name) ?? 0n) > mostSeconds) {
      refuse(reasons.longTime, wordTokenOf(parameters, name));
    }
  }
  const cipher = algorithmByNumber("encryption", parameters.encryption ?? 0, "linux");
  if (cipher?.xfrmOnly && !reading.context.combinedModes) {
    refuse(reasons.combinedMode, wordTokenOf(parameters, "encryption-algorithm"));
  }
  if (command.kind === "add") checkLinuxKeys(reading, parameters);
}

/** What PF_KEY takes on Linux; XFRM takes more. */
const mostReplay = 32;

function checkSelectors(parameters: Parameters, refuse: Refuse): void {
  for (const name of ["sport", "dport", "isport", "idport", "proto", "iproto"] as const) {
    const number = smallNumber(parameters, name);
    if (number === 0) continue;
    if (name === "proto" && isTunnel(parameters) && tunnelled.includes(number)) continue;
    refuse(reasons.noSelector, wordTokenOf(parameters, name));
  }
}

/** IPv4 and IPv6 in IP. */
const tunnelled: readonly number[] = [4, 41];

function checkInner(reading: Reading, parameters: Parameters, refuse: Refuse): void {
  const source = parameters.addresses.get("inner-src");
  const destination = parameters.addresses.get("inner-dst");
  for (const [name, given] of [
    ["inner-src", source],
    ["inner-dst", destination],
  ] as const) {
    if (given?.prefixLength === undefined || given.prefixLength <= bitsOf(given.addresses[0]!)) continue;
    note(
      reading,
      valueTokenOf(parameters, name),
      ours({ code: "prefix-too-long", message: `Invalid prefix "/${given.prefixLength}".` }),
    );
  }
  if (destination !== undefined && destination.prefixLength !== 0) {
    refuse(reasons.noInnerDestination, wordTokenOf(parameters, "inner-dst"));
  }
  if (source && destination && isIpv4(source.addresses[0]!) !== isIpv4(destination.addresses[0]!)) {
    refuse(reasons.mixedInner, wordTokenOf(parameters, "inner-dst"));
  }
}

const bitsOf = ({ address }: NetAddress): number => address.length * 8;

/** Notes what a Linux kernel cannot hold of one SA. */
export function checkLinuxTarget(reading: Reading, parameters: Parameters, target: Target): void {
  const { source, destination } = target;
  if (source && destination && isIpv4(source) !== isIpv4(destination)) {
    const message = `src and dst cannot be had on Linux: ${reasons.mixedFamilies}.`;
    note(reading, valueTokenOf(parameters, "src"), ours({ code: "family-mismatch", message }));
  }
  // An update knows its SA's source only when it has looked.
  const ports = reading.command.kind === "add" ? natTPorts(parameters, target) : undefined;
  if (ports !== undefined && "reason" in ports) reading.problems.push(natTProblem(reading, ports));
}
