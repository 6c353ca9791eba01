import type { Statement, Token, Word } from "@keysock/setkey-grammar";
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
  const before = [...scope.said, ...(refusal.before ?? [])];
  throw new StatementError(
    { culprit: token, ...rest, token, before },
    cause === undefined ? undefined : { cause },
  );
}
