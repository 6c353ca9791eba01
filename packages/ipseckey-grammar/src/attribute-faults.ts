import type { SaVerb } from "./command.ts";
import type { Face } from "./face.ts";
import type { Fault } from "./fault.ts";
import { alternatives, hint, looksLikeKey, shown } from "./shown.ts";
import { suggest } from "./suggest.ts";
import { type AttributeRow, attributes, identityTypes, isChange, mayStand, states } from "./words.ts";

/** A word that is no attribute. */
export function unknownAttribute(
  word: string,
  secret: boolean,
  { verb, face }: { verb: SaVerb; face: Face },
): Fault {
  const expected = [...attributes.values()].filter((row) => mayStand(row, verb)).map((row) => row.word);
  const suggestion = secret || face.original ? undefined : suggest(word, expected);
  return {
    code: "unknown-attribute",
    report: "collected",
    original: `Unknown extension field "${word}"${isChange(verb) ? " " : ""}\n`,
    message: `Unknown extension field ${shown(word, secret)}.${hint(suggestion)}`,
    expected,
    suggestion,
    secret,
  };
}

/** An attribute that the command does not take. */
export function rejectedAttribute(word: string, verb: SaVerb): Fault {
  const command = isChange(verb) ? "add/update" : `'${verb}' command`;
  return {
    code: "rejected-attribute",
    report: "collected",
    original: `Don't use extension ${word} for ${command}.\n`,
    message: `Don't use extension ${word} for ${verb}.`,
  };
}

const numbers = "a number (decimal, hexadecimal with 0x, or octal with 0)";

/** What must follow an attribute: in our words and as the original says that it is missing. */
const values = {
  number: { expected: [numbers], original: ", was expecting a number." },
  state: { expected: [...states.keys()], original: " was expecting a state." },
  algorithm: {
    expected: ["the name or number of an algorithm"],
    original: ", was expecting an algorithm name.",
  },
  address: { expected: ["an address or the name of a host"], original: ", was expecting an address." },
  key: { expected: ["a key in hexadecimal digits"], original: ", was expecting a key." },
  encap: { expected: ["udp"], original: ", was expecting a type." },
  label: { expected: ["a label"], original: "" },
  srcidtype: { expected: [...identityTypes.keys()], original: " - Expecting Src Type." },
  dstidtype: { expected: [...identityTypes.keys()], original: " - expecting dst type." },
} as const;

/** No value, or in the default face another attribute (`instead`) where it should be. */
export function missingValue(row: AttributeRow, which: number, face: Face, instead?: string): Fault {
  const { expected, original } = values[what(row)];
  const wanted = which === 1 ? ["a name"] : expected;
  const plain = alternatives(wanted);
  const message =
    instead === undefined || face.original
      ? `Unexpected end of command line: expected ${plain} after ${row.word}.`
      : `${shown(instead)} found: expected ${plain} after ${row.word}.`;
  return {
    code: "missing-value",
    report: row.name === "dstidtype" || original === "" ? "collected" : "fatal",
    original: original === "" ? "Malformed security label\n" : `Unexpected end of command line${original}\n`,
    message,
    expected: wanted,
  };
}

function what({ takes, name }: AttributeRow): keyof typeof values {
  if (takes === "identity") return name as "srcidtype" | "dstidtype";
  if (takes === "text") return name === "encap" ? "encap" : "label";
  return takes as "number" | "state" | "algorithm" | "address" | "key";
}

export function notANumber(text: string, word: string): Fault {
  const secret = isNoNumber(text);
  return {
    code: "not-a-number",
    report: "fatal",
    original: `Expecting a number, not "${text}"!\n`,
    message: `Expecting a number after ${word}, not ${shown(text, secret)}.`,
    expected: [numbers],
    secret,
  };
}

/** The original cuts it in silence. */
export function numberTooLarge(text: string, word: string, bits: number): Fault {
  const secret = isNoNumber(text);
  return {
    code: "number-too-large",
    report: "fatal",
    original: `Expecting a number, not "${text}"!\n`,
    message: `Expecting a number of at most ${bits} bits after ${word}, not ${shown(text, secret)}.`,
    expected: [`a number of at most ${bits} bits`],
    secret,
  };
}

/** No number has more digits than a decimal one of 64 bits; a key may. In hexadecimal digits eight bytes are one of DES. */
const isNoNumber = (text: string): boolean =>
  looksLikeKey(text, 21) || (looksLikeKey(text, 16) && /[a-fxA-FX]/.test(text));

export function badState(text: string): Fault {
  const expected = [...states.keys()];
  const suggestion = suggest(text, expected);
  return {
    code: "unknown-state",
    report: "at once",
    original: `Unknown state type "${text}"\n`,
    message: `Unknown state type ${shown(text)}.${hint(suggestion)}`,
    expected,
    suggestion,
  };
}

export function badIdentityType(text: string): Fault {
  const expected = [...identityTypes.keys()];
  const suggestion = suggest(text, expected);
  return {
    code: "unknown-identity-type",
    report: "at once",
    original: `Unknown identity type "${text}"\n`,
    message: `Unknown identity type ${shown(text)}.${hint(suggestion)}`,
    expected,
    suggestion,
  };
}

export const notUdp = (text: string): Fault => ({
  code: "unknown-encapsulation",
  report: "collected",
  original: "Can only specify udp encapsulation.\n",
  message: `Can only specify udp encapsulation, not ${shown(text)}.`,
  expected: ["udp"],
});
