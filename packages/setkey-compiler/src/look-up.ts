import { parseAddress } from "@keysock/address";
import { type ResolvedAddress, ResolveError } from "@keysock/host";
import type { AddressFlags, Endpoint, Token } from "@keysock/setkey-grammar";
import type { Port } from "./port.ts";
import { fail, type Scope, tokenOf } from "./scope.ts";

/** How to look an address up. */
export interface LookUp {
  flags: AddressFlags;
  port: Port;
  /** Shown when there is none. */
  named: Token;
}

/** The addresses of an end point, at least one, in the resolver's order. */
export function lookUp(scope: Scope, endpoint: Endpoint, how: LookUp): readonly ResolvedAddress[] {
  const { flags, port } = how;
  const plain = "number" in port ? plainAddress(endpoint.address.value, port.number, flags) : undefined;
  if (plain !== undefined) return [plain];

  const { host, resolveNames = scope.compat } = scope.context;
  try {
    const found = host.resolve(endpoint.address.value, {
      ...(flags.family && { family: flags.family }),
      numericOnly: flags.numericOnly || !resolveNames,
      ...("service" in port && { service: port.service }),
    });
    return "number" in port ? found.map((address) => ({ ...address, port: port.number })) : found;
  } catch (error) {
    if (error instanceof ResolveError) refuse(scope, endpoint, how, error, resolveNames);
    throw error;
  }
}

/** An address in its usual form means the same everywhere: no need to ask the machine. */
function plainAddress(
  text: string,
  port: number,
  { family: wanted }: AddressFlags,
): ResolvedAddress | undefined {
  const address = parseAddress(text);
  if (address === undefined) return undefined;
  const family = address.length === 4 ? "inet" : "inet6";
  return wanted === undefined || wanted === family ? { family, address, port, scopeId: 0 } : undefined;
}

function refuse(
  scope: Scope,
  { address, port }: Endpoint,
  { named, flags }: LookUp,
  error: ResolveError,
  resolveNames: boolean,
): never {
  const message = error.text;
  if (error.code === "EAI_SERVICE" && port !== undefined) {
    const expected = "any, 0 to 65535 or a service of that protocol";
    fail(scope, named, { message, culprit: tokenOf(scope, port), expected, cause: error });
  }
  const culprit = tokenOf(scope, address);
  if (resolveNames && !flags.numericOnly) fail(scope, named, { message, culprit, cause: error });
  const isName = error.code === "EAI_NONAME" && !flags.numericOnly && !address.value.includes(":");
  fail(scope, named, {
    message,
    culprit,
    expected: `an ${familyNames[flags.family ?? "any"]} address in figures`,
    ...(isName && { reason: "host names are looked up with --resolve only" }),
    cause: error,
  });
}

const familyNames = { inet: "IPv4", inet6: "IPv6", any: "IPv4 or IPv6" } as const;
