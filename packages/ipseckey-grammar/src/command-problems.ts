import type { SaTypeWord, SaVerb } from "./command.ts";
import {
  missingFile,
  missingSaType,
  notFromShell,
  notInFile,
  tooManyWords,
  unfinishedLine,
  unknownSaType,
  unknownVerb,
} from "./command-faults.ts";
import type { Face } from "./face.ts";
import type { Fault } from "./fault.ts";
import type { CommandDraft } from "./nodes.ts";
import { saTypeNumber } from "./sa-type.ts";
import { isChange, type VerbRow } from "./words.ts";

/** A fault and the token that it is about; undefined: the end of the command. */
export type Found = [Fault, number | undefined];

/** What is wrong with a command but for its attributes, in the original's order. */
export function* commandProblems(
  draft: CommandDraft,
  verbWord: string,
  saType: SaTypeWord | undefined,
  face: Face,
): Generator<Found, void> {
  const { verb } = draft;
  if (verb !== undefined && isRefusedInFile(verb, face)) {
    yield [notInFile(verb), 0];
    return;
  }
  if (saType !== undefined && saTypeNumber(saType.text, face) === undefined) {
    const fault = unknownSaType(saType.text, face);
    yield [fault, saType.token];
    if (fault.report === "fatal") return;
  }
  if (verb === undefined) yield [unknownVerb(verbWord), 0];
  else yield* verbProblems(draft, verb, saType, face);
}

/** A line that should follow and does not: only the default face says so, the original forgets the command. */
export const unfinishedProblem: Found = [unfinishedLine, undefined];

/** Today's illumos only. */
function isRefusedInFile({ kind }: VerbRow, { original, origin }: Face): boolean {
  return original && origin === "file" && /^(?:dump|save|help|monitor|passive_monitor)$/.test(kind);
}

function* verbProblems(
  { shape, file, surplus }: CommandDraft,
  verb: VerbRow,
  saType: SaTypeWord | undefined,
  face: Face,
): Generator<Found, void> {
  if (shape === "sa" && isChange(verb.kind as SaVerb) && face.origin === "shell") {
    yield [notFromShell(verb), 0];
    return;
  }
  const isMissing = saType === undefined || (shape === "sa" && saType.value === 0);
  if (isMissing && (shape === "sa" || shape === "save")) yield [missingSaType(verb), saType?.token];
  if (shape === "load" && file === undefined) yield [missingFile(verb), undefined];
  // The original takes no notice of them elsewhere.
  const counts = face.original ? shape === "type" : verb.kind !== "exit";
  if (surplus !== undefined && counts) yield [tooManyWords(verb, face), surplus];
}
