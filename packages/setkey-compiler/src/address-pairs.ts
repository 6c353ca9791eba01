import type { ResolvedAddress } from "@keysock/host";
import type { Word } from "@keysock/setkey-grammar";
import { endToken } from "./named-token.ts";
import { fail, type Scope, tokenOf } from "./scope.ts";

/** A source with a destination of its own family. */
export interface AddressPair {
  source: ResolvedAddress;
  destination: ResolvedAddress;
}

/** The source and destination words of a statement. */
export interface Ends {
  source: { address: Word<string> };
  destination: { address: Word<string> };
}

/**
 * Each source with each destination of its family, sources first, as ipsec-tools goes through them. It says nothing when
 * there is none.
 */
export function addressPairs(
  scope: Scope,
  { destination: word }: Ends,
  sources: readonly ResolvedAddress[],
  destinations: readonly ResolvedAddress[],
): readonly AddressPair[] {
  const pairs = sources.flatMap((source) =>
    destinations
      .filter(({ family }) => family === source.family)
      .map((destination) => ({ source, destination })),
  );
  if (pairs.length > 0) return pairs;
  return fail(scope, endToken(scope), {
    message: "Family mismatch",
    culprit: tokenOf(scope, word.address),
    expected: `an ${sources[0]?.family === "inet" ? "IPv4" : "IPv6"} address as the source is one`,
    silent: scope.compat,
  });
}

/** Refuses a name that stands for more than one address. */
export function refuseSeveral(
  scope: Scope,
  { source, destination }: Ends,
  sources: readonly ResolvedAddress[],
  destinations: readonly ResolvedAddress[],
): void {
  if (sources.length === 1 && destinations.length === 1) return;
  const several = sources.length > 1 ? source : destination;
  fail(scope, endToken(scope), {
    message: "multiple address specified",
    culprit: tokenOf(scope, several.address),
    expected: "a name of one address",
  });
}
