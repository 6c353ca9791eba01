import type { ResolvedAddress } from "@keysock/host";
import type { Range } from "@keysock/setkey-grammar";
import { wholePrefix } from "./address.ts";
import { boundedNumber } from "./number.ts";
import type { Scope } from "./scope.ts";

/** The prefix length of a range for an address of it. ipsec-tools sends the lowest 8 bits of any. */
export function prefixLength(
  scope: Scope,
  { prefixLength: word }: Range,
): (address: ResolvedAddress) => number {
  if (word === undefined) return wholePrefix;
  return (address) =>
    Number(
      boundedNumber(scope, word, {
        message: "Invalid prefix length",
        max: BigInt(wholePrefix(address)),
        bits: 8,
      }),
    );
}
