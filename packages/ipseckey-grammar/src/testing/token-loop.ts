import { isIPv4, isIPv6 } from "node:net";
import { attributesFrom } from "../attributes-from.ts";
import type { Attribute, Command, SaCommand } from "../command.ts";
import type { Problem } from "../problem.ts";

/** The names of the recordings, and whether they have an IPv4 and an IPv6 address. */
const names: Readonly<Record<string, { inet?: true; inet6?: true }>> = {
  "me.domain.com": { inet: true },
  "you.domain.com": { inet: true },
  mypeer: { inet: true },
  "multi.example": { inet: true, inet6: true },
  "dual.example": { inet: true, inet6: true },
  "two4.example": { inet: true },
  "two6.example": { inet6: true },
  "v6only.example": { inet6: true },
  "ll.example": { inet6: true },
  "site.example": { inet6: true },
};

/** Attributes whose second value the original does not consume, where the first one was not 0. */
const leftTwice =
  /^([ids]+port|nat_[lr]port|i?proto|src|dst|inner-.*|nat_.*|...rkey|authkey|...idtype|replay_value)$/;

/**
 * What the original says of a command's words when it reads them, as a compiler compatible with it finds it out: it begins anew
 * at the value of each attribute that is refused for its meaning.
 */
export function problemsAsRead(command: Command, numericOnly: boolean): Problem[] {
  const isStopped = command.problems.some(({ report }) => /fatal|ends/.test(report));
  if (!("attributes" in command) || (isStopped && command.attributes.length === 0))
    return [...command.problems];
  const own = command.problems.filter(({ token }) => token === command.saType?.token);
  return inOrder([...own, ...walk(command, numericOnly)]);
}

function walk(command: SaCommand, numericOnly: boolean): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const change = /add|update/.test(command.kind);
  let from = command.saType!.token + 1;
  const attributes = () => attributesFrom(command.tokens, from, command.kind, { compat: "illumos" });
  for (let rest = attributes(), next = rest.next(); !next.done; next = rest.next()) {
    const attribute = next.value;
    problems.push(...attribute.problems);
    if (attribute.problems.some(({ report }) => report === "fatal") || (change && isZeroSpi(attribute)))
      break;
    const left = change ? leftTwice : /^(spi|src|dst)$/;
    const isTwice = seen.has(attribute.name) && left.test(attribute.name);
    if (isTwice || isUnknownHost(attribute, numericOnly, change)) {
      from = attribute.token + 1;
      rest = attributes();
    }
    if (!isZero(attribute)) seen.add(attribute.name);
  }
  return problems;
}

const isZero = (attribute: Attribute): boolean =>
  "bits" in attribute && BigInt.asUintN(attribute.bits, attribute.value?.value ?? 0n) === 0n;

const isZeroSpi = (attribute: Attribute): boolean => /spi/.test(attribute.name) && isZero(attribute);

function isUnknownHost(attribute: Attribute, numericOnly: boolean, change: boolean): boolean {
  if (!("family" in attribute) || attribute.value === undefined || attribute.problems.length > 0)
    return false;
  const { text } = attribute.value;
  // The original looks at the wrong word in delete and get.
  const needs6 = attribute.family === "inet6" && change;
  if (isIPv6(text) && !text.includes("%")) return false;
  if (isIPv4(text) || (!numericOnly && /^[0-9]+\.[0-9]+$/.test(text))) return needs6;
  const found = numericOnly ? undefined : names[text.toLowerCase()];
  return found === undefined || (needs6 && found.inet6 === undefined);
}

function inOrder(problems: readonly Problem[]): Problem[] {
  const early = problems.filter(({ report }) => report !== "collected");
  const late = problems.filter(({ report }) => report === "collected");
  return early.some(({ report }) => report === "fatal") ? early : [...early, ...late];
}
