import {
  type Dialect,
  IpsecMode,
  type Outgoing,
  type OutgoingExtension,
  type OutgoingMessage,
  request,
  type Sa2Extension,
  SaState,
  saTypeName,
} from "@keysock/wire";
import type { CompileContext } from "./context.ts";
import { emptyKey, keyExtension } from "./keys.ts";
import { hasLimit, lifetime } from "./lifetime.ts";
import { linuxAddress, wildcardFor } from "./linux-address.ts";
import { natTExtensions, natTPorts } from "./nat-t.ts";
import { isTunnel, nullCipher, type Parameters, SaTypeNumber, smallNumber } from "./parameters.ts";
import type { Target } from "./targets.ts";

/** `add` of one SA, or the `update` that makes a whole of a larval one. What its NAT-T says has been checked. */
export function linuxChange(
  type: "add" | "update",
  parameters: Parameters,
  target: Target,
  { dialect }: CompileContext,
): OutgoingMessage {
  const { source, destination } = target;
  const { saType, authentication = 0, encryption } = parameters;
  const esp = saType === SaTypeNumber.esp;
  const ports = natTPorts(parameters, target);
  return request(type, saTypeName(saType, dialect), [
    {
      kind: "sa",
      spi: smallNumber(parameters, "spi"),
      replay: smallNumber(parameters, "replay"),
      state: SaState.mature,
      authentication,
      encryption: encryption || (esp ? nullCipher : 0),
      flags: 0,
    },
    sa2Extension(isTunnel(parameters) ? IpsecMode.tunnel : IpsecMode.transport),
    ...lifetimes(parameters),
    ...keyExtensions(parameters, dialect),
    linuxAddress("addressDestination", destination!),
    linuxAddress("addressSource", source ?? wildcardFor(destination!)),
    ...proxyExtension(parameters),
    ...(ports && "source" in ports ? natTExtensions(ports) : []),
  ]);
}

export const sa2Extension = (mode: number, reqid = 0): Outgoing<Sa2Extension> => ({
  kind: "sa2",
  mode,
  reserved1: 0,
  reserved2: 0,
  sequence: 0,
  reqid,
});

/** Linux takes both lifetimes or neither. */
function lifetimes(parameters: Parameters): OutgoingExtension[] {
  if (!hasLimit(parameters, "lifetimeHard") && !hasLimit(parameters, "lifetimeSoft")) return [];
  return [lifetime(parameters, "lifetimeHard"), lifetime(parameters, "lifetimeSoft")];
}

/** ESP takes a key extension also where its cipher takes no key. */
function keyExtensions({ saType, keys }: Parameters, dialect: Dialect): OutgoingExtension[] {
  const encryption = keys.get("encrkey");
  const authentication = keys.get("authkey");
  return [
    ...(encryption ? [keyExtension("keyEncryption", encryption, dialect)] : []),
    ...(!encryption && saType === SaTypeNumber.esp ? [emptyKey()] : []),
    ...(authentication ? [keyExtension("keyAuthentication", authentication, dialect)] : []),
  ];
}

/** The source inside of a tunnel. Where only a destination was given it is any of that family: what it tells is the family. */
export function proxyExtension({ addresses }: Parameters): OutgoingExtension[] {
  const source = addresses.get("inner-src");
  const destination = addresses.get("inner-dst");
  if (source) return [linuxAddress("addressProxy", source.addresses[0]!, source.prefixLength)];
  if (destination) return [linuxAddress("addressProxy", wildcardFor(destination.addresses[0]!), 0)];
  return [];
}
