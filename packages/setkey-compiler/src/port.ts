import type { Word } from "@keysock/setkey-grammar";
import { anyProtocol } from "./address.ts";
import { boundedNumber, type NumberRule } from "./number.ts";
import type { Scope } from "./scope.ts";

const portRule: NumberRule = { message: "invalid port", max: 65535n, bits: 16 };

/** A port in figures, or the name of a service that is still to be resolved. */
export type Port = { number: number } | { service: string };

/**
 * A port as written. Names are looked up for UDP, as ipsec-tools does; by default first for the policy's own protocol.
 */
export function portOf(scope: Scope, word: Word<string> | undefined, upper?: number): Port {
  if (word === undefined || word.value === "" || word.value === "any") return { number: 0 };
  if (/^\d+$/.test(word.value)) return { number: Number(boundedNumber(scope, word, portRule)) };
  const found = scope.compat ? undefined : servicePort(scope, word.value, upper);
  return found === undefined ? { service: word.value } : { number: found };
}

function servicePort(scope: Scope, name: string, upper: number | undefined): number | undefined {
  const { host } = scope.context;
  const own = upper === undefined || upper === anyProtocol ? undefined : host.protocolName(upper);
  const protocols = own === undefined ? ["udp", "tcp"] : [own, "udp"];
  return protocols.map((protocol) => host.servicePort(name, protocol)).find((port) => port !== undefined);
}
