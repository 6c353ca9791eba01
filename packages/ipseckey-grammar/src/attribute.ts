import {
  badIdentityType,
  badState,
  missingValue,
  notANumber,
  notUdp,
  numberTooLarge,
  rejectedAttribute,
  unknownAttribute,
} from "./attribute-faults.ts";
import type {
  AddressAttribute,
  Attribute,
  IdentityAttribute,
  NumberAttribute,
  SaVerb,
  StateAttribute,
  Token,
  WrittenAttribute,
} from "./command.ts";
import type { Face } from "./face.ts";
import { type Fault, problemAt } from "./fault.ts";
import { parseKey } from "./key.ts";
import type { AttributeDraft } from "./nodes.ts";
import { fits, parseNumber } from "./number.ts";
import { parsePrefixed } from "./prefix.ts";
import { looksLikeKey } from "./shown.ts";
import { type AttributeRow, attributes, identityTypes, states } from "./words.ts";

/** What an attribute is read from. */
export interface AttributeSource {
  tokens: readonly Token[];
  verb: SaVerb;
  face: Face;
}

/** Reads the values of an attribute. */
export function buildAttribute(draft: AttributeDraft, source: AttributeSource): Attribute {
  const { row, token, next, values } = draft;
  const { tokens, face } = source;
  const word = tokens[token]!.text;
  const written = { word, token, next };
  if (row === undefined) {
    const fault = unknownAttribute(word, isStrayKey(tokens, token), source);
    return { ...written, name: "unknown", problems: [problemAt(tokens, token, fault, face)] };
  }
  if (!draft.taken) {
    const fault = rejectedAttribute(word, source.verb);
    return { ...written, name: "rejected", problems: [problemAt(tokens, token, fault, face)] };
  }
  const texts = values.map((index) => (index === undefined ? undefined : tokens[index]!.text));
  const { faults, ...value } = readValue(row, texts, face);
  const problems = faults.map((fault) => problemAt(tokens, values[0], fault, face));
  const missing = values.indexOf(undefined);
  if (missing !== -1) {
    const instead = next < tokens.length ? next : undefined;
    problems.push(problemAt(tokens, instead, missingValue(row, missing, face, tokens[next]?.text), face));
  }
  return { ...written, ...value, problems };
}

type Value<A = Attribute> = A extends Attribute ? Omit<A, keyof WrittenAttribute> : never;
type Read<V> = { faults: Fault[] } & V;

/** The values of an attribute; those that are missing are undefined. */
function readValue(row: AttributeRow, texts: (string | undefined)[], face: Face): Read<Value> {
  const [text, second] = texts;
  const faults: Fault[] = [];
  switch (row.takes) {
    case "number":
      return { name: row.name, ...readNumber(row, text, face) };
    case "state":
      return { name: row.name, ...readState(text, face) };
    case "algorithm": {
      const value = text === undefined ? undefined : { text, number: parseNumber(text) };
      return { name: row.name, value, faults };
    }
    case "address":
      return { name: row.name, family: row.family, ...readAddress(row.name, text, face) };
    case "key":
      if (text === undefined) return { name: row.name, value: undefined, faults };
      return { name: row.name, ...parseKey(text, row.name, face) };
    case "identity":
      return { name: row.name, ...readIdentity(text, second) };
    case "text":
      if (row.name === "encap" && text !== undefined && !text.startsWith("udp")) faults.push(notUdp(text));
      return { name: row.name, value: text, faults };
    case "nothing":
    case "rejected":
      return { name: row.name, faults };
  }
}

function readNumber(
  { word, bits: size, originalBits }: AttributeRow & { takes: "number" },
  text: string | undefined,
  { original }: Face,
): Read<Pick<NumberAttribute, "bits" | "value">> {
  const bits = original ? (originalBits ?? size) : size;
  if (text === undefined) return { bits, value: undefined, faults: [] };
  const value = parseNumber(text);
  if (value === undefined) return { bits, value, faults: [notANumber(text, word)] };
  const faults = original || fits(value, bits) ? [] : [numberTooLarge(text, word, bits)];
  return { bits, value: { value, text }, faults };
}

/** The manual page takes numbers too, today's illumos only names. */
function readState(text: string | undefined, { original }: Face): Read<Pick<StateAttribute, "value">> {
  if (text === undefined) return { value: undefined, faults: [] };
  const written = original ? undefined : parseNumber(text);
  const number = states.get(text) ?? (written !== undefined && written <= 3n ? Number(written) : undefined);
  return { value: { text, number }, faults: number === undefined ? [badState(text)] : [] };
}

function readAddress(
  name: AddressAttribute["name"],
  text: string | undefined,
  face: Face,
): Read<Pick<AddressAttribute, "value">> {
  if (text === undefined) return { value: undefined, faults: [] };
  if (name === "inner-src" || name === "inner-dst") return parsePrefixed(text, face);
  return { value: { text, prefix: undefined }, faults: [] };
}

function readIdentity(
  type: string | undefined,
  value: string | undefined,
): Read<Pick<IdentityAttribute, "type" | "value">> {
  if (type === undefined) return { type, value, faults: [] };
  const written = parseNumber(type);
  const number =
    identityTypes.get(type.toLowerCase()) ??
    (written !== undefined && written <= 0xffffn ? Number(written) : undefined);
  const isWrong = number === undefined && value !== undefined;
  return { type: { text: type, number }, value, faults: isWrong ? [badIdentityType(type)] : [] };
}

/** Whether a word that is no attribute may be a part of a key: right behind one all may that does not look like an attribute. */
function isStrayKey(tokens: readonly Token[], token: number): boolean {
  const { text } = tokens[token]!;
  const isBehindKey = attributes.get(tokens[token - 2]?.text ?? "")?.takes === "key";
  return isBehindKey ? looksLikeKey(text, 1) || !/^[a-z_-]+6?$/i.test(text) : looksLikeKey(text);
}
