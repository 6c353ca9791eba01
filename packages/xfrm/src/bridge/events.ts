/**
 * What the kernel tells by itself, as PF_KEY tells it; EXPIRE is in a file of its own.
 */
import { addressExtension, saTypeOf } from "@keysock/engine/linux";
import { type OutgoingExtension, PolicyDirection, PolicyType } from "@keysock/wire";
import type { Acquire } from "../acquire.ts";
import { addressBytes } from "../address.ts";
import type { Mapping } from "../mapping.ts";
import type { XfrmMessage } from "../message.ts";
import { migrateTold } from "./migrate.ts";
import { type Attributes, markParts, xfrmExtension } from "./sa-shown.ts";
import type { Told } from "./told.ts";

/** Undefined for what PF_KEY has no message for. */
export function eventOf(message: XfrmMessage): Told | undefined {
  switch (message.type) {
    case "acquire":
      return acquireTold(message.body, message);
    case "mapping":
      return mappingTold(message.body);
    case "migrate":
      return migrateTold(message.body, message);
  }
  return undefined;
}

const replayWindow = 32;

/** The addresses are those of the SA that is wanted. */
function acquireTold(body: Acquire, message: Attributes): Told {
  const { id, source, policy, sequence } = body;
  const { family } = body.selector;
  const ends = [
    addressExtension("addressSource", addressBytes(source, family), 0),
    addressExtension("addressDestination", addressBytes(id.destination, family), 0),
  ];
  const saType = saTypeOf(id.protocol);
  const extensions: OutgoingExtension[] = [
    ...ends,
    {
      kind: "policy",
      policyType: PolicyType.ipsec,
      direction: PolicyDirection.out,
      reserved: 0,
      id: policy.index,
      priority: policy.priority,
      requests: [],
    },
  ];
  if (saType !== "ipcomp")
    extensions.push({ kind: "proposal", replay: replayWindow, reserved: 0, combinations: [] });
  return {
    type: "acquire",
    saType,
    sequence,
    extensions: [...extensions, ...xfrmExtension(markParts(message))],
  };
}

/** The new source is in the destination's place (measured on Linux). */
function mappingTold({ id, oldSource, newSource, oldSourcePort, newSourcePort }: Mapping): Told {
  const { family } = id;
  return {
    type: "nat-t-new-mapping",
    saType: saTypeOf(id.protocol),
    extensions: [
      { kind: "sa", spi: id.spi, replay: 0, state: 0, authentication: 0, encryption: 0, flags: 0 },
      addressExtension("addressSource", addressBytes(oldSource, family), 0),
      { kind: "natTSourcePort", port: oldSourcePort, reserved: 0 },
      addressExtension("addressDestination", addressBytes(newSource, family), 0),
      { kind: "natTDestinationPort", port: newSourcePort, reserved: 0 },
    ],
  };
}
