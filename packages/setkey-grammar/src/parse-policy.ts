import type { Lexer } from "moo";
import { expectedWords } from "./expected.ts";
import type { FaceOptions } from "./face.ts";
import { arrayOf } from "./linked.ts";
import { createParser, type Expected, type Shapes, type TokenParser } from "./parser.ts";
import compiled from "./policy.generated.ts";
import { createPolicyLexer } from "./policy-lexer.ts";
import { NOT_NUMERIC, type PolicyDraft, type PolicyToken } from "./policy-nodes.ts";
import type { Policy, PolicyProblem } from "./statement.ts";
import { suggest } from "./suggest.ts";

const parser: TokenParser<PolicyDraft, PolicyToken> = createParser(compiled);
const originalParser: TokenParser<PolicyDraft, PolicyToken> = createParser(compiled, "wider");

/**
 * Reads a policy in the language of ipsec_set_policy(3), as it stands between `-P` and `;`.
 *
 * What is wrong with a text is told in libipsec's words: `Too few arguments`, `Invalid address specification`, ...
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parsePolicy } from "@keysock/setkey-grammar";
 *
 * assert.deepEqual(parsePolicy("out prio high + 5 ipsec esp/tunnel/10.0.0.1-10.0.0.2/require"), {
 *   direction: "out",
 *   action: "ipsec",
 *   priority: 0x3ffffffb,
 *   rules: [
 *     {
 *       protocol: "esp",
 *       mode: "tunnel",
 *       source: { address: "10.0.0.1" },
 *       destination: { address: "10.0.0.2" },
 *       level: "require",
 *     },
 *   ],
 * });
 * ```
 */
export function parsePolicy(text: string, options: FaceOptions = {}): Policy | PolicyProblem {
  return policyReader(options)(text);
}

/** `parsePolicy` for many texts: it makes its scanner but once. */
export function policyReader(options: FaceOptions): (text: string) => Policy | PolicyProblem {
  const lexer = createPolicyLexer(options);
  const { parse, parseAgain } = options.compat === undefined ? parser : originalParser;
  const shapes: Shapes = new Map();
  return (text) => {
    let tokens: PolicyToken[] = [];
    const next = () => nextToken(lexer, tokens);
    lexer.reset(text);
    while (next() !== undefined);
    let outcome: ReturnType<typeof parse> | undefined = parseAgain(tokens, shapes);
    if (outcome === undefined) {
      tokens = [];
      lexer.reset(text);
      outcome = parse(next, shapes);
    }
    // libipsec reads `me-any` to its end before it says that a tunnel takes no such thing.
    if ("at" in outcome && endsExpected(outcome.expected) && /^(?:me|any)$/.test(outcome.at?.text ?? "")) {
      next();
      next();
    }
    const against = wrongDirection(tokens);
    if (against !== undefined) return wrongMeaning("Invalid direction", against);
    if ("value" in outcome) return { ...outcome.value, rules: arrayOf(outcome.value.rules) };
    const meant = tokens.find((token) => token.wrong !== undefined);
    if (meant === undefined) return misfit(outcome.at, outcome.expected, text.length);
    const problem = wrongMeaning(meant.wrong!, meant);
    return meant.wrong === NOT_NUMERIC ? { ...problem, ...notNumeric(meant, tokens, next) } : problem;
  };
}

function nextToken(lexer: Lexer, tokens: PolicyToken[]): PolicyToken | undefined {
  let token = lexer.next() as PolicyToken | undefined;
  while (token?.type === "blank" || token?.type === "comment")
    token = lexer.next() as PolicyToken | undefined;
  if (token !== undefined) tokens.push(token);
  return token;
}

/** `me-any` is for policies of direction out, `any-me` for those of direction in. */
function wrongDirection(tokens: readonly PolicyToken[]): PolicyToken | undefined {
  const direction = tokens[0]?.text;
  return tokens.find(({ text }, i) => {
    const pair = `${text}${tokens[i + 1]?.text}${tokens[i + 2]?.text}`;
    return (pair === "me-any" && direction !== "out") || (pair === "any-me" && direction !== "in");
  });
}

const wrongMeaning = (message: string, { offset }: PolicyToken): PolicyProblem => ({
  problem: true,
  message,
  offset,
  expected: [],
});

/** Where the rules stop that libipsec lets end too early, to say so in its own words. */
const modeRules = new Set(["beforeMode", "transport", "tunnel"]);
const endsRules = new Set(["beforeEnds", "firstAddress"]);

const endsExpected = (expected: Expected[]): boolean => expected.every(({ rule }) => endsRules.has(rule));

/** A token that fits nowhere, or the end where more should have come. */
function misfit(at: PolicyToken | undefined, expected: Expected[], end: number): PolicyProblem {
  const suggestion = suggest(at?.text, expected);
  const problem = {
    problem: true as const,
    offset: at?.offset ?? end,
    expected: expectedWords(expected),
    ...(suggestion !== undefined && { suggestion }),
  };
  if (expected.some(({ rule }) => modeRules.has(rule))) return { ...problem, message: "Too few arguments" };
  if (endsExpected(expected)) {
    return { ...problem, message: "Invalid address specification" };
  }
  const remark = `libipsec: syntax error while parsing "${at?.text ?? ""}"`;
  return { ...problem, message: "Invalid argument", remark };
}

/** libipsec shows what it read last: with the first address, which a port may follow, the token behind it. */
function notNumeric(
  address: PolicyToken,
  tokens: readonly PolicyToken[],
  next: () => PolicyToken | undefined,
): Pick<PolicyProblem, "expected" | "remark"> {
  const place = tokens.indexOf(address);
  const behind = tokens[place + 1] ?? next();
  const isFirst = tokens[place - 1]?.text === "/";
  let shown = isFirst ? (behind?.text ?? "") : address.text;
  if (behind?.text === "[") shown = `[${next()?.text ?? ""}]`;
  return {
    expected: ["an IP address"],
    remark: `libipsec: invalid IP address while parsing "${shown}"`,
  };
}
