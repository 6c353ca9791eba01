import type { Attribute, Command, SaCommand } from "./command.ts";
import { parseNumber } from "./number.ts";

/** ESP's cipher that takes no key. */
const NULL_CIPHER = 11n;

/**
 * What a command lacks that another line could bring, in words of the language: a value, the type of SA, `spi`, `dst`, algorithms and
 * their keys. Empty where it lacks nothing, or more words would not mend it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { lacking, parseCommand } from "@keysock/ipseckey-grammar";
 *
 * const command = parseCommand("add esp spi 0x2112 dst you.domain.com encralg des");
 * assert(command !== undefined);
 * assert.deepEqual(lacking(command), ["encrkey"]);
 * ```
 */
export function lacking(command: Command): readonly string[] {
  const { problems, tokens } = command;
  const atEnd = problems.filter(({ severity, token }) => severity === "error" && token === undefined);
  if (problems.some(({ severity, token }) => severity === "error" && token !== undefined)) return [];
  if (atEnd.length > 0) return [...new Set(atEnd.flatMap(({ expected }) => expected.join(" or ")))];
  return "attributes" in command && tokens.length > 0 ? lackingAttributes(command) : [];
}

function lackingAttributes({ kind, saType, attributes }: SaCommand): string[] {
  const named = new Map(attributes.map((attribute) => [attribute.name, attribute]));
  const lacks = ["spi", "dst"].filter((name) => !named.has(name as Attribute["name"]));
  if (kind !== "add") return lacks;
  const authentication = named.has("auth-algorithm");
  const encryption = named.get("encryption-algorithm");
  if (saType?.value === 2 && !authentication) lacks.push("authalg");
  else if (!authentication && encryption === undefined) lacks.push("encralg or authalg");
  if (authentication && !named.has("authkey")) lacks.push("authkey");
  if (encryption !== undefined && !isNull(encryption) && !named.has("encrkey")) lacks.push("encrkey");
  return lacks;
}

function isNull(attribute: Attribute): boolean {
  if (attribute.name !== "encryption-algorithm" || attribute.value === undefined) return false;
  const { text } = attribute.value;
  return text.toLowerCase() === "null" || parseNumber(text) === NULL_CIPHER;
}
