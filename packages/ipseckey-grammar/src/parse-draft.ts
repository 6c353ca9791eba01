import type { ClassifiedToken } from "./classified-token.ts";
import compiled from "./ipseckey.generated.ts";
import type { AttributeDraft, CommandDraft } from "./nodes.ts";
import { createParser, type TokenParser } from "./parser.ts";

type Words = Iterator<ClassifiedToken, unknown>;

const command: TokenParser<CommandDraft, ClassifiedToken> = createParser(compiled);
const attribute: TokenParser<AttributeDraft, ClassifiedToken> = createParser({
  ...compiled,
  ParserStart: "attribute",
});

/** The tree of a whole command. */
export const parseCommandDraft = (words: Words): CommandDraft => parse(command, words);

/** The tree of a single attribute. */
export const parseAttributeDraft = (words: Words): AttributeDraft => parse(attribute, words);

function parse<T>(parser: TokenParser<T, ClassifiedToken>, words: Words): T {
  const outcome = parser.parse(() => {
    const word = words.next();
    return word.done ? undefined : word.value;
  });
  if (!("value" in outcome)) throw new UnclassifiedWordError(outcome.at?.type);
  return outcome.value;
}

/** The classifier gave a word that the grammar does not take: a fault of theirs, not of the text. */
export class UnclassifiedWordError extends Error {
  override readonly name = "UnclassifiedWordError";

  constructor(type: string | undefined) {
    super(`${type ?? "end"} found: the grammar does not take it there`);
  }
}
