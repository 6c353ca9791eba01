import { buildAttribute } from "./attribute.ts";
import { classifyCommand } from "./classify.ts";
import type { Attribute, Command, CommandSource, SaTypeWord, SaVerb, Token } from "./command.ts";
import { commandProblems, unfinishedProblem } from "./command-problems.ts";
import type { Face } from "./face.ts";
import { problemAt } from "./fault.ts";
import { arrayOf } from "./linked.ts";
import type { AttributeDraft, CommandDraft } from "./nodes.ts";
import { parseCommandDraft } from "./parse-draft.ts";
import type { Problem } from "./problem.ts";
import { readSaType } from "./sa-type.ts";
import { isChange } from "./words.ts";

/** The words of a command and where they come from; `problems` are the scanner's. */
export interface Words extends Omit<CommandSource, "verb"> {
  /** The input ended where a line should have followed. */
  unfinished?: boolean | undefined;
}

/** One command from its words, of which there is at least one. */
export function buildCommand({ unfinished, ...words }: Words, face: Face): Command {
  const { tokens } = words;
  const verb = tokens[0]!.text;
  const draft = parseCommandDraft(classifyCommand(tokens, face));
  const saType = draft.saType === undefined ? undefined : readSaType(tokens, draft.saType, face);
  const found = [...commandProblems(draft, verb, saType, face), ...(unfinished ? [unfinishedProblem] : [])];
  const problems = [
    ...words.problems,
    ...found.map(([fault, token]) => problemAt(tokens, token, fault, face)),
  ];
  return buildShape(draft, { ...words, verb, problems }, saType, face);
}

function buildShape(
  draft: CommandDraft,
  source: CommandSource,
  saType: SaTypeWord | undefined,
  face: Face,
): Command {
  const kind = draft.verb?.kind;
  const textOf = (index: number | undefined) =>
    index === undefined ? undefined : source.tokens[index]!.text;
  switch (draft.shape) {
    case "sa":
      return buildSaCommand(draft, source, saType, face);
    case "type":
      return { ...source, kind: kind as "flush" | "dump", saType };
    case "save":
      return { ...source, kind: "save", saType, file: textOf(draft.file) };
    case "load":
      return { ...source, kind: "load", file: textOf(draft.file) };
    case "help":
      return { ...source, kind: "help", topic: textOf(draft.topic) };
    case "bare":
      return { ...source, kind: kind as "monitor" | "passive_monitor" | "exit" };
    case "unknown":
      return { ...source, kind: "unknown" };
  }
}

function buildSaCommand(
  draft: CommandDraft,
  source: CommandSource,
  saType: SaTypeWord | undefined,
  face: Face,
): Command {
  const kind = draft.verb!.kind as SaVerb;
  // Keys from the shell are not looked at; and in the original nothing behind a fatal problem is.
  const isUnread =
    (face.origin === "shell" && isChange(kind)) || (face.original && source.problems.some(isFatal));
  const attributes = isUnread ? [] : readAttributes(arrayOf(draft.attributes), source.tokens, kind, face);
  const problems = [...source.problems, ...attributes.flatMap((attribute) => attribute.problems)];
  return { ...source, kind, saType, attributes, problems: face.original ? asPrinted(problems) : problems };
}

const isFatal = ({ report }: Problem): boolean => report === "fatal";

function readAttributes(
  drafts: readonly AttributeDraft[],
  tokens: readonly Token[],
  verb: SaVerb,
  face: Face,
): Attribute[] {
  const attributes: Attribute[] = [];
  for (const draft of drafts) {
    const attribute = buildAttribute(draft, { tokens, verb, face });
    attributes.push(attribute);
    if (face.original && attribute.problems.some(isFatal)) break;
  }
  return attributes;
}

/** What the original says while it reads, then what it collects, which a fatal problem makes it forget. */
function asPrinted(problems: readonly Problem[]): Problem[] {
  const early = problems.filter(({ report }) => report !== "collected");
  return early.some(isFatal) ? early : [...early, ...problems.filter(({ report }) => report === "collected")];
}
