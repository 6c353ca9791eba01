import type { SpdStatement, Word } from "@keysock/setkey-grammar";
import { anyProtocol } from "./address.ts";
import { endToken } from "./named-token.ts";
import { boundedNumber, type NumberRule } from "./number.ts";
import { fail, type Scope, tokenOf } from "./scope.ts";

const message = "invalid upper layer protocol";
const protocolRule: NumberRule = { message, max: 255n, bits: 8 };

/** Words that setkey knows beside /etc/protocols. */
const fallbacks: ReadonlyMap<string, number> = new Map([
  ["icmp6", 58],
  ["ip4", 4],
  ["tcp", 6],
  ["esp", 50],
  ["ah", 51],
  ["ipcomp", 108],
]);

/** The number of an upper protocol. */
export function upperProtocol(scope: Scope, upper: Word<string>): number {
  if (upper.value === "any") return anyProtocol;
  if (/^\d+$/.test(upper.value)) return Number(boundedNumber(scope, upper, protocolRule));
  const number = scope.context.host.protocolNumber(upper.value) ?? fallbacks.get(upper.value);
  if (number !== undefined) return number;
  return fail(scope, tokenOf(scope, upper), {
    message,
    expected: "any, icmp6, ip4, a word of /etc/protocols or 0 to 255",
  });
}

/** What stands in the port fields of a selector's source and destination. */
export interface SelectorPorts {
  source: number;
  destination: number;
}

/** What may follow an upper protocol. */
interface Detail {
  /** By default. */
  pattern: RegExp;
  /** In ipsec-tools, where it takes more. */
  compatPattern: RegExp;
  /** What each group of the pattern holds at most. */
  max: number;
  /** The two ports that the groups give. */
  ports(groups: readonly number[]): SelectorPorts;
  expected: string;
}

/** Type and code; a code that is not given is any. */
const icmp: Detail = {
  pattern: /^(\d+)(?:,(\d+))?$/,
  // After `8,` ipsec-tools sends what happens to be there.
  compatPattern: /^(\d+)(?:,(\d*))?$/,
  max: 255,
  ports: ([type = 0, code = 0]) => ({ source: type & 0xffff, destination: code & 0xffff }),
  expected: "type,code or type, 0 to 255 each",
};

/** A key of 32 bits, its halves in the two ports. */
const greNumber: Detail = {
  pattern: /^(\d+)$/,
  compatPattern: /^(\d+)(?:,.*)?$/,
  max: 0xffff_ffff,
  ports: ([key = 0]) => ({ source: key >>> 16, destination: key & 0xffff }),
  expected: "a key from 0 to 4294967295 or as a.b.c.d",
};

const greQuad: Detail = {
  ...greNumber,
  pattern: /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/,
  compatPattern: /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/,
  max: 255,
  ports: ([a = 0, b = 0, c = 0, d = 0]) => ({
    source: (a * 256 + b) & 0xffff,
    destination: (c * 256 + d) & 0xffff,
  }),
};

/** By protocol number: ICMP, GRE, ICMPv6 and Mobility Header. */
const details: ReadonlyMap<number, readonly Detail[]> = new Map([
  [1, [icmp]],
  [47, [greQuad, greNumber]],
  [58, [icmp]],
  [135, [icmp]],
]);

/** The ports that stand for what follows the upper protocol; undefined if nothing does. */
export function upperDetail(
  scope: Scope,
  { source, destination, upperDetail: word }: Pick<SpdStatement, "source" | "destination" | "upperDetail">,
  protocol: number,
): SelectorPorts | undefined {
  if (word === undefined) return undefined;
  if (!scope.compat) refusePorts(scope, [source.port, destination.port]);
  const forms = details.get(protocol) ?? [];
  for (const form of forms) {
    const groups = (scope.compat ? form.compatPattern : form.pattern).exec(word.value);
    const numbers = groups?.slice(1).map((group) => Number(group || 0));
    if (numbers === undefined) continue;
    if (scope.compat || numbers.every((number) => number <= form.max)) return form.ports(numbers);
  }
  return refuseDetail(scope, word, forms);
}

/** For a protocol without details ipsec-tools makes ports of its bytes, and stumbles over them twice. */
function refuseDetail(scope: Scope, word: Word<string>, forms: readonly Detail[]): never {
  const token = endToken(scope);
  const culprit = tokenOf(scope, word);
  if (scope.compat && forms.length === 0) {
    const diagnostic = { message: "Servname not supported for ai_socktype", token, culprit };
    fail(scope, token, { ...diagnostic, before: [diagnostic] });
  }
  fail(scope, token, {
    message: detailMessage,
    culprit,
    expected: forms[0]?.expected ?? "nothing: only icmp, icmp6, mobility-header and gre have more to say",
  });
}

const detailMessage = "invalid an upper layer protocol spec";

/** Ports would be overwritten. */
function refusePorts(scope: Scope, ports: readonly (Word<string> | undefined)[]): void {
  const port = ports.find((word) => word !== undefined && word.value !== "any");
  if (port === undefined) return;
  fail(scope, tokenOf(scope, port), {
    message: detailMessage,
    expected: "no port where type and code or a key are given",
  });
}
