import { sameAddress } from "@keysock/address";
import type { NatTPortExtension, NatTTypeExtension, Outgoing, OutgoingExtension } from "@keysock/wire";
import { reasons } from "./linux-support.ts";
import { type Parameters, smallNumber, valueTokenOf, wordTokenOf } from "./parameters.ts";
import { type CommandProblem, ours, problemAt } from "./problem.ts";
import type { Reading } from "./reading.ts";
import type { Target } from "./targets.ts";

/** UDP ports of an SA as Linux has them: of its source and of its destination. */
export interface NatTPorts {
  source: number;
  destination: number;
}

/** Why Linux cannot have it, and the token that says so. */
export interface NatTRefusal {
  reason: string;
  token: number | undefined;
}

/** UDP_ENCAP_ESPINUDP (linux/udp.h): RFC 3948. */
const espInUdp = 2;

/** IANA's port for ESP in UDP (RFC 3948). */
const defaultPort = 4500;

type Side = "source" | "destination";

/** The ports of `encap udp`, where illumos speaks of a local and a remote side. `before`: those that the SA has. */
export function natTPorts(
  parameters: Parameters,
  target: Target,
  before?: NatTPorts,
): NatTPorts | NatTRefusal | undefined {
  if (!parameters.udp) return undefined;
  const side = localSide(parameters, target);
  if (typeof side === "object") return side;
  const local = portOf(parameters, "nat_lport");
  const remote = portOf(parameters, "nat_rport");
  if (side === undefined && local !== remote) {
    return {
      reason: reasons.portsWithoutSide,
      token: wordTokenOf(parameters, local ? "nat_lport" : "nat_rport"),
    };
  }
  const [source, destination] = side === "destination" ? [remote, local] : [local, remote];
  return {
    source: source ?? before?.source ?? defaultPort,
    destination: destination ?? before?.destination ?? defaultPort,
  };
}

const portOf = (parameters: Parameters, name: "nat_lport" | "nat_rport"): number | undefined =>
  smallNumber(parameters, name) || undefined;

/** Which address is the local one; undefined where nothing says so. */
function localSide(parameters: Parameters, target: Target): Side | NatTRefusal | undefined {
  const { given, addresses } = parameters;
  const sides: [Side, number | undefined][] = [];
  if (given.has("outbound")) sides.push(["source", wordTokenOf(parameters, "outbound")]);
  if (given.has("inbound")) sides.push(["destination", wordTokenOf(parameters, "inbound")]);
  for (const name of ["nat_loc", "nat_rem"] as const) {
    const address = addresses.get(name)?.addresses[0];
    if (address === undefined) continue;
    const isSource = target.source !== undefined && sameAddress(address.address, target.source.address);
    const isDestination = sameAddress(address.address, target.destination!.address);
    const token = valueTokenOf(parameters, name);
    if (!isSource && !isDestination) return { reason: reasons.noNatAddress, token };
    if (isSource !== isDestination) {
      sides.push([isSource === (name === "nat_loc") ? "source" : "destination", token]);
    }
  }
  const [first] = sides;
  const other = sides.find(([side]) => side !== first![0]);
  return other === undefined ? first?.[0] : { reason: reasons.contradictingSides, token: other[1] };
}

export const natTProblem = ({ command }: Reading, { reason, token }: NatTRefusal): CommandProblem =>
  problemAt(
    command,
    token,
    ours({ code: "not-on-linux", message: `encap udp cannot be had on Linux: ${reason}.` }),
  );

/** The extensions of UDP encapsulation on Linux. */
export function natTExtensions({ source, destination }: NatTPorts): OutgoingExtension[] {
  const type: Outgoing<NatTTypeExtension> = { kind: "natTType", natTType: espInUdp, reserved: 0 };
  const port = (kind: NatTPortExtension["kind"], number: number): OutgoingExtension => ({
    kind,
    port: number,
    reserved: 0,
  });
  return [type, port("natTSourcePort", source), port("natTDestinationPort", destination)];
}
