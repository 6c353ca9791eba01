import type { SaVerb } from "./command.ts";
import type { Face } from "./face.ts";
import type { Fault } from "./fault.ts";
import { alternatives, hint, MASK, shown } from "./shown.ts";
import { suggest } from "./suggest.ts";
import { attributes, isChange, saTypes, type VerbRow, verbWords } from "./words.ts";

const LOST_LINE =
  " A line that goes on with a command is indented, or the line before it ends in a backslash.";
const typeWords = [...saTypes.keys(), "a number"];

export function unknownVerb(word: string): Fault {
  const suggestion = suggest(word, verbWords);
  return {
    code: "unknown-verb",
    report: "standard error",
    original: `Unknown command (${word}).\n`,
    message: `Unknown command (${unquoted(word)}).${attributes.has(word) ? LOST_LINE : hint(suggestion)}`,
    expected: verbWords,
    suggestion,
  };
}

/** From the shell the original says so and goes on with all types. */
export function unknownSaType(word: string, { origin }: Face): Fault {
  const suggestion = suggest(word, saTypes.keys());
  return {
    code: "unknown-sa-type",
    report: origin === "shell" ? "at once" : "fatal",
    original: `Unknown SA type (${word}).\n`,
    message: `Unknown SA type (${unquoted(word)}).${suggestion === undefined ? ` Expected ${alternatives(typeWords)}.` : hint(suggestion)}`,
    expected: typeWords,
    suggestion,
  };
}

/** `all` is a type to `save` only. */
export function missingSaType({ kind, type, word }: VerbRow): Fault {
  const original =
    type === "saveVerb"
      ? "Must specify a specific SA type for save.\n"
      : `Must specify a ${isChange(kind as SaVerb) ? "specific" : "single"} SA type.`;
  const expected = type === "saveVerb" ? typeWords : typeWords.filter((one) => one !== "all");
  return {
    code: "missing-sa-type",
    report: "fatal",
    original,
    message: `${original.trim().replace(/\.$/, "")}: ${word} ${alternatives(expected)}.`,
    expected,
  };
}

export const missingFile = ({ word }: VerbRow): Fault => ({
  code: "missing-file-name",
  report: "fatal",
  original: "",
  message: `Unexpected end of command line: expected the name of a file after ${word}.`,
  expected: ["the name of a file"],
});

/** From the shell the original says so and goes on. */
export const tooManyWords = ({ word }: VerbRow, { origin }: Face): Fault => ({
  code: "too-many-words",
  report: origin === "shell" ? "at once" : "fatal",
  original: `Too many arguments for ${word} command`,
  message: `Too many arguments for ${word} command.`,
  expected: ["end of command line"],
});

export const notFromShell = ({ word }: VerbRow): Fault => ({
  code: "not-from-shell",
  report: "ends",
  original: "can't do ADD or UPDATE from the command line.\n",
  message: `Can't do ${word} from the command line, where everybody could read the keys: use the prompt or -f.`,
});

/** Of help it counts the failure and says nothing. */
export function notInFile({ kind, word }: VerbRow): Fault {
  const name = kind === "passive_monitor" ? "monitor" : kind;
  return {
    code: "not-in-file",
    report: kind === "help" ? "silent" : "fatal",
    original: `${name.charAt(0).toUpperCase()}${name.slice(1)} not appropriate in config file.`,
    message: `${word} is not appropriate in a file.`,
  };
}

export const unfinishedLine: Fault = {
  code: "unfinished-line",
  report: "fatal",
  original: "",
  message: "The last line of the input ends in a backslash: expected another line.",
  expected: ["another line"],
};

/** As the manual page writes it: in round brackets. */
function unquoted(word: string): string {
  const quoted = shown(word);
  return quoted === MASK ? "key" : quoted.slice(1, -1);
}
