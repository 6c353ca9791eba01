import { find, type Message, PolicyDirection } from "@keysock/wire";
import { Refusal } from "../refusal.ts";
import { addressOf, addressPair, portOf } from "./address.ts";
import { Errno } from "./errno.ts";
import type { Selector } from "./policy.ts";

const anyProtocol = 255;

/** What a message about a policy says of it: addresses, and the direction of its POLICY. @throws Refusal with EINVAL */
export function selectorOf(message: Message): Selector {
  const { source, destination } = addressPair(message);
  const policy = find(message, "policy");
  if (policy === undefined) throw new Refusal(Errno.EINVAL);
  const { direction } = policy;
  if (direction < PolicyDirection.in || direction > PolicyDirection.fwd) throw new Refusal(Errno.EINVAL);
  return {
    direction,
    source: addressOf(source.sockaddr),
    sourcePrefixLength: source.prefixLength,
    sourcePort: portOf(source.sockaddr),
    destination: addressOf(destination.sockaddr),
    destinationPrefixLength: destination.prefixLength,
    destinationPort: portOf(destination.sockaddr),
    // Both addresses have one; the destination's counts.
    protocol: destination.protocol === anyProtocol ? 0 : destination.protocol,
  };
}
