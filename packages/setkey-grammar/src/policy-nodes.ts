// What the rules of policy.ne make of their parts. A function that finds something wrong with the meaning of its parts
// notes it at the token that shows it and rejects the rule: nothing fits behind that token then.
import type { Linked } from "./linked.ts";
import { numericFamily } from "./numeric-address.ts";
import { type Priority, priorityFromBase, priorityFromMiddle } from "./policy-priority.ts";
import type { Policy, PolicyRule } from "./statement.ts";

/** A token of the text after `-P`. */
export interface PolicyToken {
  type: string;
  text: string;
  offset: number;
  /** libipsec's words for what is wrong with its meaning. */
  wrong?: string;
}

/** A policy whose rules are not in an array yet. */
export type PolicyDraft = Omit<Policy, "rules"> & { rules: Linked<PolicyRule> | undefined };

/** nearley's mark of a rule that does not hold. */
type Reject = Record<never, never>;
type Ends = Pick<PolicyRule, "source" | "destination">;
type Level = Pick<PolicyRule, "level" | "reqid">;

/** What getaddrinfo says of a name that it may not look up. */
export const NOT_NUMERIC = "Name or service not known";
/** A reqid has 32 bits. */
const REQID_LIMIT = 2 ** 32;

export const text = ([token]: [PolicyToken]): string => token.text;

function wrong(token: PolicyToken, message: string, reject: Reject): Reject {
  token.wrong = message;
  return reject;
}

export const directionOnly = ([direction]: [Policy["direction"]]): PolicyDraft => ({
  direction,
  rules: undefined,
});

export const policy = ([direction, priority, action, rules]: [
  Policy["direction"],
  number | undefined,
  NonNullable<Policy["action"]>,
  PolicyDraft["rules"],
]): PolicyDraft => ({ direction, action, ...(priority !== undefined && { priority }), rules });

// Priorities

export const noPriority = (): undefined => undefined;

export const aboveMiddle = ([, offset]: [unknown, PolicyToken], _: number, reject: Reject) =>
  inRange(priorityFromMiddle("+", Number(offset.text)), offset, reject);

export const belowMiddle = ([, , offset]: [unknown, unknown, PolicyToken], _: number, reject: Reject) =>
  inRange(priorityFromMiddle("-", Number(offset.text)), offset, reject);

export const atBase = ([, base]: [unknown, PolicyToken], _: number, reject: Reject) =>
  inRange(priorityFromBase(base.text, "+", 0), base, reject);

export const fromBase = (
  [, base, sign, offset]: [unknown, PolicyToken, string, PolicyToken],
  _: number,
  reject: Reject,
) => inRange(priorityFromBase(base.text, sign, Number(offset.text)), offset, reject);

function inRange(priority: Priority, shown: PolicyToken, reject: Reject): number | Reject {
  return "value" in priority ? priority.value : wrong(shown, priority.message, reject);
}

// Rules

export const noRules = (): undefined => undefined;
export const moreRules = ([before, last]: [PolicyDraft["rules"], PolicyRule]): PolicyDraft["rules"] => ({
  before,
  last,
});

type RuleParts = [PolicyRule["protocol"], unknown, unknown, unknown?, Ends?, unknown?, Level?];

const rule =
  (mode: PolicyRule["mode"]) =>
  ([protocol, , , , ends, , level]: RuleParts): PolicyRule => ({
    protocol,
    mode,
    ...ends,
    level: "default",
    ...level,
  });

export const transportRule = rule("transport");
export const tunnelRule = rule("tunnel");

export const noEnds = (): Ends => ({});

interface Address {
  token: PolicyToken;
  family: "inet" | "inet6";
}

export function address([token]: [PolicyToken], _: number, reject: Reject): Address | Reject {
  const family = numericFamily(token.text);
  return family === undefined ? wrong(token, NOT_NUMERIC, reject) : { token, family };
}

export const addresses = (
  [first, , last]: [Address, unknown, Address],
  _: number,
  reject: Reject,
): Ends | Reject => ends(first, undefined, last, undefined, reject);

export const addressesWithPorts = (
  [first, firstPort, , last, lastPort]: [Address, string, unknown, Address, string],
  _: number,
  reject: Reject,
): Ends | Reject => ends(first, firstPort, last, lastPort, reject);

function ends(
  first: Address,
  firstPort: string | undefined,
  last: Address,
  lastPort: string | undefined,
  reject: Reject,
): Ends | Reject {
  if (first.family !== last.family) return wrong(last.token, "Family mismatch", reject);
  return {
    source: { address: first.token.text, ...(firstPort !== undefined && { port: firstPort }) },
    destination: { address: last.token.text, ...(lastPort !== undefined && { port: lastPort }) },
  };
}

export const port = ([, name]: [unknown, string, unknown]): string => name;

export const defaultLevel = (): Level => ({ level: "default" });
export const level = ([token]: [PolicyToken]): Level => ({ level: token.text as Level["level"] });

export function numberedLevel([token]: [PolicyToken], _: number, reject: Reject): Level | Reject {
  const reqid = Number(token.text.slice("unique:".length));
  if (reqid >= REQID_LIMIT) return wrong(token, "Invalid ipsec level", reject);
  return { level: "unique", reqid };
}
