import { holdsKey, type Statement, sourceLine, type Token, type Word } from "@keysock/setkey-grammar";
import type { CompileContext } from "./context.ts";
import { type Diagnostic, type Refusal, StatementError } from "./statement-error.ts";

/** What the checks of one statement share. */
export interface Scope {
  readonly context: CompileContext;
  /** Whether ipsec-tools' rules hold. */
  readonly compat: boolean;
  readonly tokens: readonly Token[];
  /** What ipsec-tools has printed by now. */
  readonly said: Diagnostic[];
}

export function scopeOf(statement: Statement, context: CompileContext): Scope {
  return { context, compat: context.face === "ipsec-tools", tokens: statement.tokens, said: [] };
}

export function tokenOf(scope: Scope, word: Word<unknown>): Token {
  return scope.tokens[word.token]!;
}

/** Refuses the statement; the culprit is the token that is named unless given. */
export function fail(
  scope: Scope,
  token: Token,
  refusal: Omit<Refusal, "token" | "culprit"> & { culprit?: Token; cause?: unknown },
): never {
  const { cause, ...rest } = refusal;
  const culprit = refusal.culprit ?? token;
  const before = [...scope.said, ...(refusal.before ?? [])];
  const line = sourceLine(scope.tokens, culprit.position.line);
  const secret = refusal.secret === true || holdsKey(token.text);
  throw new StatementError(
    { ...rest, token, culprit, before, secret, sourceLine: line },
    cause === undefined ? undefined : { cause },
  );
}
