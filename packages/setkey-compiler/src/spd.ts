import type { Range, SpdStatement } from "@keysock/setkey-grammar";
import { type OutgoingMessage, PolicyDirection, request } from "@keysock/wire";
import { addressExtension } from "./address.ts";
import { addressPairs, refuseSeveral } from "./address-pairs.ts";
import { lookUp } from "./look-up.ts";
import { endToken } from "./named-token.ts";
import { forwardCopy, policyExtension } from "./policy.ts";
import { portOf } from "./port.ts";
import { prefixLength } from "./prefix-length.ts";
import type { Scope } from "./scope.ts";
import { securityContextOf } from "./security-context.ts";
import { StatementError } from "./statement-error.ts";
import { upperDetail, upperProtocol } from "./upper.ts";
import { ifIdOf, markOf, xfrmExtension } from "./xfrm.ts";

/** `spdadd`, `spdupdate` and `spddelete`: for each pair of addresses a request, and its copy for `fwd` if it is for `in`. */
export function spdRequests(scope: Scope, statement: SpdStatement): OutgoingMessage[] {
  const { kind, mark, ifId } = statement;
  const xfrm = xfrmExtension({
    ...(mark && { mark: markOf(scope, mark) }),
    ...(ifId && { ifId: ifIdOf(scope, ifId) }),
  });
  const upper = upperProtocol(scope, statement.upper);
  const securityContext = securityContextOf(scope, statement.securityContext);
  const policy = policyExtension(scope, statement.policy);

  // Everything else is looked at when the statement is complete.
  const [sources, destinations] = selectors(scope, statement, upper);
  // The manual page of ipsec-tools promises every combination, and ipsec-tools refuses them.
  if (scope.compat || kind === "spddelete") refuseSeveral(scope, statement, sources, destinations);
  const sourcePrefix = prefixLength(scope, statement.source);
  const destinationPrefix = prefixLength(scope, statement.destination);

  const forwarded = scope.context.forward === "rfc" && policy.direction === PolicyDirection.in;
  const policies = forwarded ? [policy, forwardCopy(scope, policy)] : [policy];
  return addressPairs(scope, statement, sources, destinations).flatMap(({ source, destination }) =>
    policies.map((each) =>
      request(kind, "unspec", [
        each,
        addressExtension("addressSource", source, upper, sourcePrefix(source)),
        addressExtension("addressDestination", destination, upper, destinationPrefix(destination)),
        ...securityContext,
        ...xfrm,
      ]),
    ),
  );
}

/** The addresses of both ranges. Like ipsec-tools, it looks the second up even if the first has failed. */
function selectors(scope: Scope, statement: SpdStatement, upper: number) {
  const { source, destination, addressFlags: flags } = statement;
  const ports = upperDetail(scope, statement, upper);
  const selector = (range: Range, port: number | undefined) =>
    lookUp(scope, range, {
      flags,
      port: port === undefined ? portOf(scope, range.port, upper) : { number: port },
      named: endToken(scope),
    });
  const sources = attempt(() => selector(source, ports?.source));
  if (sources instanceof StatementError) scope.said.push(sources);
  const destinations = selector(destination, ports?.destination);
  if (sources instanceof StatementError) throw sources;
  return [sources, destinations] as const;
}

function attempt<T>(action: () => T): T | StatementError {
  try {
    return action();
  } catch (error) {
    if (error instanceof StatementError) return error;
    throw error;
  }
}
