import type { SaVerb } from "@keysock/ipseckey-grammar";
import {
  IllumosSaFlag,
  type MessageType,
  type OutgoingExtension,
  type OutgoingMessage,
  request,
  saTypeName,
} from "@keysock/wire";
import type { CompileContext } from "./context.ts";
import { anyAddress, illumosAddress } from "./illumos-address.ts";
import { linuxAddress, wildcardFor } from "./linux-address.ts";
import { type Parameters, smallNumber } from "./parameters.ts";
import type { Target } from "./targets.ts";

const types: Readonly<Partial<Record<SaVerb, MessageType>>> = {
  delete: "delete",
  "delete-pair": "delpair",
  get: "get",
};

/** `delete`, `delete-pair` and `get` of one SA, the extensions in the order of the command. */
export function naming(
  verb: SaVerb,
  parameters: Parameters,
  target: Target,
  { dialect }: CompileContext,
): OutgoingMessage {
  const names = [...parameters.given.keys()];
  const make = dialect.name === "linux" ? linuxExtension : illumosExtension;
  const extensions = names.flatMap((name) => make(name, parameters, target) ?? []);
  const added = dialect.name === "linux" ? linuxSource(parameters, target) : illumosSource(parameters);
  return request(types[verb]!, saTypeName(parameters.saType, dialect), [...extensions, ...added]);
}

const saExtension = (parameters: Parameters, flags: number): OutgoingExtension => ({
  kind: "sa",
  spi: smallNumber(parameters, "spi"),
  replay: 0,
  state: 0,
  authentication: 0,
  encryption: 0,
  flags,
});

/** An address stands there without ports and protocol. */
function illumosExtension(
  name: string,
  parameters: Parameters,
  { source = anyAddress, destination = anyAddress }: Target,
): OutgoingExtension | undefined {
  const { given, addresses } = parameters;
  switch (name) {
    case "spi":
      return saExtension(
        parameters,
        (given.has("inbound") ? IllumosSaFlag.inbound : 0) |
          (given.has("outbound") ? IllumosSaFlag.outbound : 0),
      );
    case "src":
      return addresses.has("src") ? illumosAddress("addressSource", source) : undefined;
    case "dst":
      return addresses.has("dst") ? illumosAddress("addressDestination", destination) : undefined;
    default:
      return undefined;
  }
}

/** A source port takes a source to stand in. */
function illumosSource(parameters: Parameters): OutgoingExtension[] {
  const port = smallNumber(parameters, "sport");
  if (port === 0 || parameters.addresses.has("src")) return [];
  const protocol = smallNumber(parameters, "proto");
  return [illumosAddress("addressSource", anyAddress, { port, protocol })];
}

function linuxExtension(
  name: string,
  parameters: Parameters,
  { source, destination }: Target,
): OutgoingExtension | undefined {
  switch (name) {
    case "spi":
      return saExtension(parameters, 0);
    case "src":
      return linuxAddress("addressSource", source ?? wildcardFor(destination!));
    case "dst":
      return linuxAddress("addressDestination", destination!);
    default:
      return undefined;
  }
}

/** Linux asks for a source, and does not compare it. */
const linuxSource = ({ addresses }: Parameters, { destination }: Target): OutgoingExtension[] =>
  addresses.has("src") ? [] : [linuxAddress("addressSource", wildcardFor(destination!))];
