import { buildAttribute } from "./attribute.ts";
import { classifyAttribute } from "./classify.ts";
import type { Attribute, SaVerb, Token } from "./command.ts";
import type { Face, FaceOptions } from "./face.ts";
import { parseAttributeDraft } from "./parse-draft.ts";

/**
 * The attributes of a command from one of its words on, read as they are asked for, also behind a fatal problem. The original goes
 * on with the value where it refuses an attribute for its meaning (a second `dst`, an unknown host), and so reports it again as an
 * unknown one: to do the same, begin anew at `attribute.token + 1`.
 *
 * @param from - Index of the attribute's word.
 * @param verb - Which attributes may stand there depends on it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { attributesFrom, parseCommand } from "@keysock/ipseckey-grammar";
 *
 * const compat = "illumos";
 * const command = parseCommand("add esp dst 192.0.2.2 dst 192.0.2.3", { compat });
 * assert(command?.kind === "add");
 * const second = command.attributes[1];
 * const [again] = attributesFrom(command.tokens, second.token + 1, "add", { compat });
 * assert.equal(again?.problems[0]?.original, 'Unknown extension field "192.0.2.3" \n');
 * ```
 */
export function* attributesFrom(
  tokens: readonly Token[],
  from: number,
  verb: SaVerb,
  { compat }: FaceOptions = {},
): Generator<Attribute, void> {
  const face: Face = { original: compat === "illumos", origin: "file" };
  for (let index = from; index < tokens.length; ) {
    const draft = parseAttributeDraft(classifyAttribute(tokens, index, verb, face));
    yield buildAttribute(draft, { tokens, verb, face });
    index = draft.next;
  }
}
