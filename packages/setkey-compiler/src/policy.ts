import type { ResolvedAddress } from "@keysock/host";
import {
  holdsKey,
  type Policy,
  type PolicyProblem,
  type PolicyRule,
  type PolicyWord,
  type Token,
} from "@keysock/setkey-grammar";
import {
  IpsecLevel,
  IpsecMode,
  type IpsecRequest,
  type OutgoingExtension,
  PolicyDirection,
  PolicyType,
} from "@keysock/wire";
import { sockaddrOf } from "./address.ts";
import { lookUp } from "./look-up.ts";
import { portOf } from "./port.ts";
import { tcpMd5Reason } from "./sa-type.ts";
import { fail, type Scope, tokenOf } from "./scope.ts";

/** The extension that carries a policy. */
export type PolicyExtension = Extract<OutgoingExtension, { kind: "policy" }>;

/** Where ipsec-tools' priorities begin: smaller goes first. */
const defaultPriority = 0x8000_0000;

const protocols = { esp: 50, ah: 51, ipcomp: 108 } as const;

/** The text after `-P` as a policy, or libipsec's complaint. */
export function policyExtension(scope: Scope, word: PolicyWord): PolicyExtension {
  const policy = word.value;
  if (isProblem(policy)) refuse(scope, tokenOf(scope, word), policy);
  const { direction, action, priority, rules } = policy;
  return {
    kind: "policy",
    policyType: action === undefined ? PolicyType.discard : PolicyType[action],
    direction: PolicyDirection[direction],
    reserved: 0,
    id: 0,
    priority: priority ?? (action === undefined ? 0 : defaultPriority),
    requests: rules.map((rule) => ipsecRequest(scope, word, rule)),
  };
}

const isProblem = (policy: Policy | PolicyProblem): policy is PolicyProblem => "problem" in policy;

function refuse(
  scope: Scope,
  token: Token,
  { message, remark, expected, suggestion, offset }: PolicyProblem,
): never {
  fail(scope, token, {
    message,
    culprit: wordWithin(token, offset),
    ...(expected.length > 0 && { expected: expected.join(", ") }),
    ...(suggestion !== undefined && { reason: `did you mean ${suggestion}?` }),
    // libipsec quotes a word of the text.
    ...(remark !== undefined && (scope.compat || !holdsKey(token.text)) && { remark }),
  });
}

/** The word of a policy's text that begins at that offset, as a token of its own. */
function wordWithin({ type, text, position }: Token, offset: number): Token {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return {
    type,
    text: /^(?:\/|[^\s/]*)/.exec(text.slice(offset))?.[0] ?? "",
    position: {
      line: position.line + before.split("\n").length - 1,
      column: (lineStart === 0 ? position.column : 1) + offset - lineStart,
      offset: position.offset + offset,
    },
  };
}

function ipsecRequest(scope: Scope, word: PolicyWord, rule: PolicyRule): IpsecRequest {
  const { protocol, mode, level, reqid = 0, source, destination } = rule;
  if (protocol === "tcp") {
    fail(scope, tokenOf(scope, word), {
      message: "Invalid ipsec protocol",
      expected: "esp, ah or ipcomp",
      reason: tcpMd5Reason,
    });
  }
  return {
    protocol: protocols[protocol],
    mode: IpsecMode[mode],
    level: IpsecLevel[level],
    reserved1: 0,
    reqid,
    reserved2: 0,
    ...(source && { source: sockaddrOf(tunnelEnd(scope, word, source)) }),
    ...(destination && { destination: sockaddrOf(tunnelEnd(scope, word, destination)) }),
  };
}

/** An end point in figures. That it is one the grammar has seen; whether its scope and its service exist it cannot. */
function tunnelEnd(
  scope: Scope,
  { token }: PolicyWord,
  { address, port }: { address: string; port?: string },
): ResolvedAddress {
  const endpoint = {
    address: { value: address, token },
    ...(port !== undefined && { port: { value: port, token } }),
  };
  const [found] = lookUp(scope, endpoint, {
    flags: { numericOnly: true },
    port: portOf(scope, endpoint.port),
    named: scope.tokens[token]!,
  });
  return found!;
}

/**
 * The copy for packets that are forwarded: what was unique to one SA is asked of any. ipsec-tools relaxes the first
 * request only; in a policy without requests it overwrites what follows, which is not copied.
 */
export function forwardCopy({ compat }: Scope, policy: PolicyExtension): PolicyExtension {
  return {
    ...policy,
    direction: PolicyDirection.fwd,
    requests: policy.requests.map((request, index) =>
      request.level === IpsecLevel.unique && (index === 0 || !compat)
        ? { ...request, level: IpsecLevel.require, reqid: 0 }
        : request,
    ),
  };
}
