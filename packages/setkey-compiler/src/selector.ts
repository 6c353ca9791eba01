import type { AddressFlags, Range, SaOption } from "@keysock/setkey-grammar";
import type { XfrmSelector } from "@keysock/wire";
import { anyProtocol } from "./address.ts";
import { addressPairs, refuseSeveral } from "./address-pairs.ts";
import { lookUp } from "./look-up.ts";
import { endToken } from "./named-token.ts";
import { portOf } from "./port.ts";
import { prefixLength } from "./prefix-length.ts";
import type { Scope } from "./scope.ts";
import { upperDetail, upperProtocol } from "./upper.ts";

/** What `-sel` says: one selector, read as a policy's. */
export function selectorOf(
  scope: Scope,
  selector: Extract<SaOption, { kind: "selector" }>,
  flags: AddressFlags,
): XfrmSelector {
  const upper = upperProtocol(scope, selector.upper);
  const ports = upperDetail(scope, selector, upper);
  const look = (range: Range, port: number | undefined) =>
    lookUp(scope, range, {
      flags,
      port: port === undefined ? portOf(scope, range.port, upper) : { number: port },
      named: endToken(scope),
    });
  const sources = look(selector.source, ports?.source);
  const destinations = look(selector.destination, ports?.destination);
  refuseSeveral(scope, selector, sources, destinations);
  const { source, destination } = addressPairs(scope, selector, sources, destinations)[0]!;
  return {
    source: source.address,
    destination: destination.address,
    sourcePrefixLength: prefixLength(scope, selector.source)(source),
    destinationPrefixLength: prefixLength(scope, selector.destination)(destination),
    sourcePort: source.port,
    sourcePortMask: portMask(source.port),
    destinationPort: destination.port,
    destinationPortMask: portMask(destination.port),
    protocol: upper === anyProtocol ? 0 : upper,
    interfaceIndex: source.scopeId || destination.scopeId,
    user: 0,
  };
}

/** As in a policy over PF_KEY, 0 is any port. */
const portMask = (port: number): number => (port === 0 ? 0 : 0xffff);
