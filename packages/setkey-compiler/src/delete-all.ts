import { sameAddress } from "@keysock/address";
import type { ResolvedAddress } from "@keysock/host";
import type { DeleteAllStatement } from "@keysock/setkey-grammar";
import { type Command, find, type Message, type OutgoingMessage, request, type SaType } from "@keysock/wire";
import { type AddressPair, addressPairs } from "./address-pairs.ts";
import { saAddresses } from "./sa-addresses.ts";
import { deleteMessage } from "./sa-message.ts";
import { saTypeOf } from "./sa-type.ts";
import { type Scope, tokenOf } from "./scope.ts";

/** `deleteall`: Linux deletes no SA without an SPI, so all are dumped and those between the addresses deleted. */
export function deleteAllCommand(scope: Scope, statement: DeleteAllStatement): Command {
  const { source, destination, addressFlags: flags } = statement;
  const sources = saAddresses(scope, source, flags, tokenOf(scope, source.address));
  const destinations = saAddresses(scope, destination, flags, tokenOf(scope, destination.address));
  const saType = saTypeOf(scope, statement.protocol);
  const pairs = addressPairs(scope, statement, sources, destinations);
  return scope.compat ? deleteFirst(saType, pairs) : deleteEach(saType, pairs);
}

function* deleteEach(saType: SaType, pairs: readonly AddressPair[]): Command {
  const deletions: OutgoingMessage[] = [];
  try {
    for (const entry of yield request("dump", saType)) {
      const deletion = deletionOf(entry, pairs);
      if (deletion !== undefined) deletions.push(deletion);
    }
  } catch (refusal) {
    if (!isNoEntry(refusal)) throw refusal;
  }
  yield* deletions;
}

/**
 * ipsec-tools takes the rest of the dump for the answer to its first DELETE, so it sends only one. It finds nothing
 * where no protocol is given, because it compares that too.
 */
function* deleteFirst(saType: SaType, pairs: readonly AddressPair[]): Command {
  let deletion: OutgoingMessage | undefined;
  for (const entry of yield request("dump", saType)) {
    if (entry.saType === saType) deletion ??= deletionOf(entry, pairs);
  }
  if (deletion !== undefined) yield deletion;
}

/** The DELETE of an entry that lies between one of the pairs. */
function deletionOf(entry: Message, pairs: readonly AddressPair[]): OutgoingMessage | undefined {
  const sa = find(entry, "sa");
  const pair = pairs.find(
    ({ source, destination }) =>
      holds(entry, "addressSource", source) && holds(entry, "addressDestination", destination),
  );
  return sa && pair && deleteMessage(entry.saType, sa.spi, pair, find(entry, "xfrm")?.mark);
}

function holds(
  entry: Message,
  kind: "addressSource" | "addressDestination",
  { address }: ResolvedAddress,
): boolean {
  const sockaddr = find(entry, kind)?.sockaddr;
  return sockaddr !== undefined && "address" in sockaddr && sameAddress(sockaddr.address, address);
}

/** ENOENT is the answer to a dump of nothing. */
const isNoEntry = (error: unknown): boolean =>
  error instanceof Error && "errno" in error && error.errno === 2;
