import type { Word } from "@keysock/setkey-grammar";
import type { OutgoingExtension } from "@keysock/wire";
import { boundedNumber } from "./number.ts";
import type { Scope } from "./scope.ts";

/** What `-ctx` gives. */
export interface SecurityContextWords {
  doi: Word<string>;
  algorithm: Word<string>;
  context: Word<string>;
}

const message = "invalid security context";
/** A domain of interpretation of 0 is no context at all: ipsec-tools leaves it out in silence. */
const doiRule = { message, min: 1n, max: 255n, bits: 8 };
const algorithmRule = { message, max: 255n, bits: 8 };

/** The extension of a `-ctx`, if there is one. */
export function securityContextOf(
  scope: Scope,
  words: SecurityContextWords | undefined,
): OutgoingExtension[] {
  if (words === undefined) return [];
  const doi = Number(boundedNumber(scope, words.doi, doiRule));
  const algorithm = Number(boundedNumber(scope, words.algorithm, algorithmRule));
  if (doi === 0) return [];
  const context = Uint8Array.from(`${words.context.value}\0`, (character) => character.charCodeAt(0));
  return [{ kind: "securityContext", algorithm, doi, context }];
}
