import type { ResolvedAddress } from "@keysock/host";
import type { AddressFlags, Endpoint, Token } from "@keysock/setkey-grammar";
import { lookUp } from "./look-up.ts";
import { tokenAfterEndpoint } from "./named-token.ts";
import { portOf } from "./port.ts";
import type { Scope } from "./scope.ts";

/** The addresses of an SA's end; `named` is shown when there are none. */
export function saAddresses(
  scope: Scope,
  endpoint: Endpoint,
  flags: AddressFlags,
  named: Token = tokenAfterEndpoint(scope, endpoint),
): readonly ResolvedAddress[] {
  return lookUp(scope, endpoint, { flags, port: portOf(scope, endpoint.port), named });
}
