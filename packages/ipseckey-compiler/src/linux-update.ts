import { isUnspecified, sameAddress } from "@keysock/address";
import type { Attribute } from "@keysock/ipseckey-grammar";
import {
  type AddressExtension,
  type Command,
  find,
  IpsecMode,
  type KeyExtension,
  keyBytes,
  type Message,
  type OutgoingExtension,
  type OutgoingMessage,
  request,
  SaState,
} from "@keysock/wire";
import { CommandError } from "./command-error.ts";
import { emptyKey } from "./keys.ts";
import { lifetime } from "./lifetime.ts";
import { linuxChange, proxyExtension, sa2Extension } from "./linux-change.ts";
import { reasons } from "./linux-support.ts";
import { naming } from "./naming.ts";
import { type NatTPorts, type NatTRefusal, natTExtensions, natTPorts, natTProblem } from "./nat-t.ts";
import { isTunnel, type Parameters, SaTypeNumber, smallNumber, wordTokenOf } from "./parameters.ts";
import { type CommandProblem, ours, problemAt } from "./problem.ts";
import type { Reading } from "./reading.ts";
import { isIpv4, type NetAddress } from "./resolve.ts";
import type { Target } from "./targets.ts";

/**
 * `update` of one SA. Linux changes nothing but lifetimes and ports of a mature SA and takes the rest without a word, so the SA is
 * looked at first, and what it does not take is refused.
 *
 * @throws CommandError - out of the command, once the SA is known
 */
export function* linuxUpdate(reading: Reading, parameters: Parameters, target: Target): Command {
  const { context } = reading;
  // Who only wants to see the requests may answer nothing.
  const [current] = (yield naming("get", parameters, target, context)) ?? [];
  if (current === undefined) return;
  const known = { ...target, source: sourceOf(current) ?? target.source };
  if (find(current, "sa")?.state === SaState.larval) {
    yield completed(reading, parameters, target.source ? target : known);
    return;
  }
  const before = portsOf(current);
  const ports = natTPorts(parameters, known, before) ?? before;
  const problems = refusals(reading, parameters, target, current, ports);
  if (problems.length === 0 && (ports === undefined || "source" in ports)) {
    yield whole(parameters, current, ports);
    return;
  }
  for (const key of keyBytes(current)) key.fill(0);
  throw new CommandError(problems);
}

/** What makes a whole of a larval SA. */
function completed(reading: Reading, parameters: Parameters, target: Target): OutgoingMessage {
  const ports = natTPorts(parameters, target);
  if (ports !== undefined && "reason" in ports) {
    throw new CommandError([natTProblem(reading, ports)]);
  }
  return linuxChange("update", parameters, target, reading.context);
}

function sourceOf(current: Message): NetAddress | undefined {
  const sockaddr = find(current, "addressSource")?.sockaddr;
  if (sockaddr === undefined || !("address" in sockaddr)) return undefined;
  return { address: sockaddr.address, scopeId: 0 };
}

function portsOf(current: Message): NatTPorts | undefined {
  const source = find(current, "natTSourcePort");
  const destination = find(current, "natTDestinationPort");
  if (find(current, "natTType") === undefined) return undefined;
  return { source: source?.port ?? 0, destination: destination?.port ?? 0 };
}

/** What of the command Linux would take and not do. */
function refusals(
  reading: Reading,
  parameters: Parameters,
  target: Target,
  current: Message,
  ports: NatTPorts | NatTRefusal | undefined,
): CommandProblem[] {
  const { command } = reading;
  const problems: CommandProblem[] = [];
  const refuse = (token: number | undefined, reason: string) => {
    const what = token === undefined ? command.verb : command.tokens[token]!.text;
    const message = `${what} cannot be changed on Linux: ${reason}.`;
    problems.push(
      problemAt(command, token, { ...ours({ code: "ignored-by-linux", message }), secret: true }),
    );
  };
  const keep = (name: Attribute["name"], isKept: boolean) => {
    if (parameters.given.has(name) && !isKept) refuse(wordTokenOf(parameters, name), reasons.kept);
  };
  const sa = find(current, "sa");
  keep("replay", smallNumber(parameters, "replay") === sa?.replay);
  keep("auth-algorithm", parameters.authentication === sa?.authentication);
  keep("encryption-algorithm", parameters.encryption === sa?.encryption);
  keep("authkey", isSameKey(parameters, "authkey", find(current, "keyAuthentication")));
  keep("encrkey", isSameKey(parameters, "encrkey", find(current, "keyEncryption")));
  const source = sourceOf(current);
  keep("src", target.source === undefined || (source !== undefined && isSame(target.source, source)));
  if (isTunnel(parameters) && !isSameTunnel(parameters, current)) {
    const names = ["inner-src", "inner-dst", "isport", "idport", "iproto"] as const;
    refuse(wordTokenOf(parameters, names.find((name) => parameters.given.has(name))!), reasons.kept);
  }
  if (parameters.udp && portsOf(current) === undefined) {
    refuse(wordTokenOf(parameters, "encap"), reasons.notEncapsulated);
  } else if (ports !== undefined && "reason" in ports) {
    problems.push(natTProblem(reading, ports));
  }
  return problems;
}

const isSame = (a: NetAddress, b: NetAddress): boolean =>
  isIpv4(a) === isIpv4(b) && sameAddress(a.address, b.address);

function isSameKey(
  { keys }: Parameters,
  name: "authkey" | "encrkey",
  current: KeyExtension | undefined,
): boolean {
  const given = keys.get(name);
  return (
    given !== undefined &&
    given.bits === (current?.bits ?? 0) &&
    given.bytes.every((byte, index) => byte === current?.key[index])
  );
}

function isSameTunnel(parameters: Parameters, current: Message): boolean {
  if (find(current, "sa2")?.mode !== IpsecMode.tunnel) return false;
  const [proxy] = proxyExtension(parameters) as [AddressExtension?];
  if (proxy === undefined) return true;
  // Linux leaves it out where it is the same address as the source.
  const has = find(current, "addressProxy") ?? find(current, "addressSource");
  if (has === undefined || !("address" in has.sockaddr) || !("address" in proxy.sockaddr)) return false;
  if (has.sockaddr.family !== proxy.sockaddr.family) return false;
  if (proxy.prefixLength === 0) {
    return has.kind === "addressSource" ? isUnspecified(has.sockaddr.address) : has.prefixLength === 0;
  }
  return has.prefixLength === proxy.prefixLength && sameAddress(has.sockaddr.address, proxy.sockaddr.address);
}

/** The SA as it is, with the lifetimes that were given. */
function whole(parameters: Parameters, current: Message, ports: NatTPorts | undefined): OutgoingMessage {
  const sa = find(current, "sa")!;
  const sa2 = find(current, "sa2");
  const keep = (kind: "keyEncryption" | "keyAuthentication" | "addressDestination" | "addressSource") => {
    const extension = find(current, kind);
    return extension ? [extension] : [];
  };
  const encryption: OutgoingExtension[] = keep("keyEncryption");
  if (encryption.length === 0 && parameters.saType === SaTypeNumber.esp) encryption.push(emptyKey());
  const proxy = find(current, "addressProxy");
  return request("update", current.saType, [
    { ...sa, state: SaState.mature },
    sa2Extension(sa2?.mode ?? IpsecMode.any, sa2?.reqid),
    lifetime(parameters, "lifetimeHard", find(current, "lifetimeHard")),
    lifetime(parameters, "lifetimeSoft", find(current, "lifetimeSoft")),
    ...encryption,
    ...keep("keyAuthentication"),
    ...keep("addressDestination"),
    ...keep("addressSource"),
    ...(proxy ? [proxy] : []),
    ...(ports ? natTExtensions(ports) : []),
  ]);
}
