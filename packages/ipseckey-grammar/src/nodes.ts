// What the rules of ipseckey.ne make of their parts: which words are what, by their indexes.
import type { ClassifiedToken } from "./classified-token.ts";
import type { Linked } from "./linked.ts";
import type { AttributeRow, VerbRow } from "./words.ts";

/** The parts of a command. */
export interface CommandDraft {
  shape: "sa" | "type" | "save" | "load" | "help" | "bare" | "unknown";
  verb: VerbRow | undefined;
  saType?: number | undefined;
  file?: number | undefined;
  topic?: number | undefined;
  attributes?: Linked<AttributeDraft> | undefined;
  /** The first word that belongs to nothing. */
  surplus?: number | undefined;
}

/** The parts of an attribute. */
export interface AttributeDraft {
  token: number;
  /** Undefined: the word is no attribute. */
  row: AttributeRow | undefined;
  /** Its values: undefined where one is missing. */
  values: (number | undefined)[];
  /** Whether the command takes it. */
  taken: boolean;
  /** Index of the first token that does not belong to it. */
  next: number;
}

/** A run of words that belong to nothing: their first and last index. */
interface Surplus {
  first: number;
  last: number;
}

type Token = ClassifiedToken;

export const none = (): undefined => undefined;
export const linked = <T>([before, last]: [Linked<T> | undefined, T]): Linked<T> => ({ before, last });

export const surplus = ([before, { index }]: [Surplus | undefined, Token]): Surplus => ({
  first: before?.first ?? index,
  last: index,
});

export const saCommand = ([{ verb }, saType, attributes]: [
  Token,
  Token | undefined,
  Linked<AttributeDraft> | undefined,
]): CommandDraft => ({ shape: "sa", verb, saType: saType?.index, attributes });

export const typeCommand = ([{ verb }, saType, surplus]: [
  Token,
  Token | undefined,
  Surplus | undefined,
]): CommandDraft => ({ shape: "type", verb, saType: saType?.index, surplus: surplus?.first });

export const saveCommand = ([{ verb }, saType, file, surplus]: [
  Token,
  Token | undefined,
  Token | undefined,
  Surplus | undefined,
]): CommandDraft => ({
  shape: "save",
  verb,
  saType: saType?.index,
  file: file?.index,
  surplus: surplus?.first,
});

export const loadCommand = ([{ verb }, file, surplus]: [
  Token,
  Token | undefined,
  Surplus | undefined,
]): CommandDraft => ({
  shape: "load",
  verb,
  file: file?.index,
  surplus: surplus?.first,
});

export const helpCommand = ([{ verb }, topic]: [Token, Token | undefined]): CommandDraft => ({
  shape: "help",
  verb,
  topic: topic?.index,
});

export const bareCommand = ([{ verb }, surplus]: [Token, Surplus | undefined]): CommandDraft => ({
  shape: "bare",
  verb,
  surplus: surplus?.first,
});

export const unknownCommand = ([, saType]: [Token, Token | undefined]): CommandDraft => ({
  shape: "unknown",
  verb: undefined,
  saType: saType?.index,
});

export const attribute = ([word, ...values]: [Token, ...Token[]]): AttributeDraft => {
  const consumed = values.filter(({ type, left }) => type !== "missing" && !left);
  return {
    token: word.index,
    row: word.attribute,
    values: values.map(({ type, index }) => (type === "missing" ? undefined : index)),
    taken: true,
    next: (consumed.at(-1) ?? word).index + 1,
  };
};

// Completed anew at each surplus word: takes the same time for any number of them.
export const refusedAttribute = ([word, surplus]: [Token, Surplus | undefined]): AttributeDraft => ({
  token: word.index,
  row: word.attribute,
  values: [],
  taken: false,
  next: (surplus?.last ?? word.index) + 1,
});
