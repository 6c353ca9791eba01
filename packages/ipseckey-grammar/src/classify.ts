import type { ClassifiedToken } from "./classified-token.ts";
import type { SaVerb, Token } from "./command.ts";
import type { Face } from "./face.ts";
import { overflows } from "./prefix.ts";
import { type AttributeRow, attributes, mayStand, saTypes, type VerbRow, verbs } from "./words.ts";

/** What the words behind a verb are; all others are surplus. */
const parts = {
  saVerb: ["saType"],
  typeVerb: ["saType"],
  saveVerb: ["saType", "file"],
  loadVerb: ["file"],
  helpVerb: ["topic"],
  bareVerb: [],
} as const;

/** What each word of a command is. */
export function* classifyCommand(tokens: readonly Token[], face: Face): Generator<ClassifiedToken, void> {
  const verb = verbOf(tokens[0]!.text, face);
  yield { type: verb?.type ?? "unknownVerb", index: 0, verb };
  let index = 1;
  // The original looks for a type before it knows the verb.
  for (const type of verb === undefined ? (face.original ? ["saType"] : []) : parts[verb.type]) {
    if (index === tokens.length) return;
    if (type === "saType" && isForgotten(tokens[index]!.text, verb, face)) continue;
    yield { type, index };
    index += 1;
  }
  if (verb?.type === "saVerb") {
    while (index < tokens.length) index = yield* classifyAttribute(tokens, index, verb.kind as SaVerb, face);
  }
  for (; index < tokens.length; index += 1) yield { type: "surplus", index };
}

/** The row of a verb, if it is one in that face. */
export function verbOf(word: string, { original }: Face): VerbRow | undefined {
  const row = verbs.get(word);
  return original && row?.wider ? undefined : row;
}

/** An attribute where a type should stand. */
function isForgotten(word: string, verb: VerbRow | undefined, { original }: Face): boolean {
  return !original && verb?.type === "saVerb" && attributes.has(word) && !saTypes.has(word.toLowerCase());
}

/** What the words of one attribute are; returns the index behind it. */
export function* classifyAttribute(
  tokens: readonly Token[],
  index: number,
  verb: SaVerb,
  face: Face,
): Generator<ClassifiedToken, number> {
  const attribute = attributes.get(tokens[index]!.text);
  if (attribute === undefined || !mayStand(attribute, verb)) {
    yield { type: attribute === undefined ? "unknown" : "rejected", index, attribute };
    return yield* classifySurplus(tokens, index + 1, face);
  }
  yield { type: attribute.takes, index, attribute };
  return yield* classifyValues(tokens, index + 1, attribute, face);
}

/** In the default face a word that is in error draws those behind it with it, up to the next attribute. */
function* classifySurplus(
  tokens: readonly Token[],
  from: number,
  face: Face,
): Generator<ClassifiedToken, number> {
  let index = from;
  for (; !face.original && index < tokens.length && !attributes.has(tokens[index]!.text); index += 1) {
    yield { type: "surplus", index };
  }
  return index;
}

function* classifyValues(
  tokens: readonly Token[],
  from: number,
  row: AttributeRow,
  face: Face,
): Generator<ClassifiedToken, number> {
  const count = row.takes === "nothing" ? 0 : row.takes === "identity" ? 2 : 1;
  let consumed = from;
  for (let i = 0, index = from; i < count; i += 1) {
    if (index === tokens.length || (!face.original && isMissing(tokens[index]!.text, row, i))) {
      yield { type: "missing", index };
      continue;
    }
    const left = face.original && isLeft(tokens, index, row, i);
    yield { type: "value", index, left };
    index += 1;
    if (!left) consumed = index;
  }
  return consumed;
}

/** An attribute where a value should stand that it cannot be. A host or an identity may be called anything. */
function isMissing(word: string, { takes, name }: AttributeRow, which: number): boolean {
  const anything = takes === "address" || (takes === "identity" && which === 1) || isLabel(name);
  return !anything && attributes.has(word);
}

const isLabel = (name: string): boolean => name.endsWith("label");

/** Values that the original looks at and does not consume. */
function isLeft(
  tokens: readonly Token[],
  index: number,
  { takes, name }: AttributeRow,
  which: number,
): boolean {
  if (takes === "address") return name.startsWith("inner") && overflows(tokens[index]!.text);
  return name === "dstidtype" && which === 0 && index + 1 === tokens.length;
}
