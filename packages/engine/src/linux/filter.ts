import type { FilterExtension } from "@keysock/wire";
import { Refusal } from "../refusal.ts";
import { Errno } from "./errno.ts";
import { prefixMatches } from "./prefix.ts";
import type { Sa } from "./sa.ts";

/** Linux's AF_INET and AF_INET6. */
const inet = 2;
const inet6 = 10;
const addressBits = 128;

/** Which SAs a DUMP with that FILTER shows. @throws Refusal with EINVAL for a prefix that no address has */
export function filterOf(filter: FilterExtension | undefined): (sa: Sa) => boolean {
  if (filter === undefined) return () => true;
  const { source, destination, family, sourcePrefixLength, destinationPrefixLength } = filter;
  if (sourcePrefixLength > addressBits || destinationPrefixLength > addressBits) {
    throw new Refusal(Errno.EINVAL);
  }
  return (sa) => {
    // Any other number means both.
    if (family === inet && sa.source.length !== 4) return false;
    if (family === inet6 && sa.source.length !== 16) return false;
    return (
      prefixMatches(sa.source, source, sourcePrefixLength) &&
      prefixMatches(sa.destination, destination, destinationPrefixLength)
    );
  };
}
