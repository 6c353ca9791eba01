import type { Lexer } from "moo";
import { begunStatement } from "./begun-statement.ts";
import { expectedWords } from "./expected.ts";
import type { FaceOptions } from "./face.ts";
import { createLexer, skippedTypes } from "./lexer.ts";
import type { Draft } from "./nodes.ts";
import { originalText, scannerLine } from "./original-text.ts";
import { policyReader } from "./parse-policy.ts";
import { createParser, type Expected, type Shapes, type TokenParser } from "./parser.ts";
import type { ScannedToken } from "./scanned-token.ts";
import { foundWords, isSecret, MASK } from "./secret.ts";
import compiled from "./setkey.generated.ts";
import { sourceLine } from "./source-line.ts";
import type { Position, Statement, Token } from "./statement.ts";
import type { Cut } from "./statement-cutter.ts";
import { STATEMENT_LIMIT, StatementTooLongError } from "./statement-too-long-error.ts";
import { suggest } from "./suggest.ts";
import { SetkeySyntaxError } from "./syntax-error.ts";

const parser: TokenParser<Draft, ScannedToken> = createParser(compiled);
const originalParser: TokenParser<Draft, ScannedToken> = createParser(compiled, "wider");

/** What one statement is read with. */
export interface ParserOptions extends FaceOptions {
  /** The scanner begins a text in the state in which the one before left it. */
  keepState?: boolean;
}

/** Parses the texts of single statements. */
export interface StatementParser {
  /** The next text begins as if it were in a policy, or in none. */
  stayIn(state: "policy" | "main"): void;
  /** @throws SetkeySyntaxError, StatementTooLongError */
  parse(cut: Cut): Statement;
}

export function createStatementParser(options: ParserOptions): StatementParser {
  const original = options.compat === "ipsec-tools";
  const lexer = createLexer(options);
  const readPolicy = policyReader(options);
  const shapes: Shapes = new Map();
  let scannerState = "main";

  /** The draft becomes the statement, because nobody else has it and a copy would take long. */
  function finish(draft: Draft, tokens: Token[]): Statement {
    const source = { tokens, position: tokens[0]!.position };
    if (!("policy" in draft)) return Object.assign(draft, source);
    const { value, token } = draft.policy;
    return Object.assign(draft, { policy: { value: readPolicy(value), token }, ...source });
  }

  function syntaxError(
    expected: Expected[],
    tokens: Token[],
    index: number | undefined,
    end: Position,
    begun: Statement | undefined,
  ) {
    const token = index === undefined ? undefined : tokens[index]!;
    const secret = index !== undefined && isSecret(tokens, index);
    return new SetkeySyntaxError({
      position: token?.position ?? end,
      scannerLine: token === undefined ? end.line : scannerLine(token),
      at: secret && !original ? MASK : originalText(tokens, index),
      found: foundWords(token, secret),
      sourceLine: sourceLine(tokens, (token?.position ?? end).line),
      expected: expectedWords(expected),
      fatal: token !== undefined && isIllegal(token),
      suggestion: secret ? undefined : suggest(token?.text, expected),
      begun,
    });
  }

  /**
   * What a statement says before it stops being one. Its tokens are those that fitted, then the one that did not as far as a parser
   * looks ahead, then `missing` ones.
   *
   * @param next - The token that fits nowhere, or an empty one at the end.
   */
  function begun(fitting: readonly ScannedToken[], next: Token, start: Position): Statement | undefined {
    const found = begunStatement(fitting, lexer, (tokens) => {
      const left = [...tokens];
      const outcome = originalParser.parse(() => left.shift());
      return "value" in outcome ? outcome.value : undefined;
    });
    if (found === undefined) return undefined;
    const { draft, kept } = found;
    const seesNext = kept === fitting.length && !isIllegal(next) && draft.kind !== "deleteall";
    const tokens = found.tokens.map((token, index) => {
      if (index < kept) return publicToken(token, start);
      const isNext = index === kept && seesNext && token.type !== ";";
      return isNext ? next : { ...next, type: "missing" };
    });
    return finish(draft, tokens);
  }

  return {
    stayIn(state) {
      scannerState = state;
    },
    parse({ text, start }) {
      if (text.length > STATEMENT_LIMIT) throw new StatementTooLongError(start);
      const grammar = original ? originalParser : parser;
      const begin = { line: start.line, col: start.column, state: scannerState };
      let scanned: ScannedToken[] = [];
      lexer.reset(text, begin);
      while (nextToken(lexer, scanned) !== undefined);
      let outcome: ReturnType<typeof grammar.parse> | undefined = grammar.parseAgain(scanned, shapes);
      if (outcome === undefined) {
        // What stands behind a token that fits nowhere is not to be scanned.
        scanned = [];
        lexer.reset(text, begin);
        outcome = grammar.parse(() => nextToken(lexer, scanned), shapes);
      }
      const { state, line, col } = lexer.save();
      if (options.keepState) scannerState = state;
      const tokens = scanned.map((token) => publicToken(token, start));
      if ("value" in outcome) return finish(outcome.value, tokens);
      const end = { line, column: col, offset: start.offset + text.length };
      const index = outcome.at?.index;
      const next = index === undefined ? { type: "end", text: "", position: end } : tokens[index]!;
      throw syntaxError(
        outcome.expected,
        tokens,
        index,
        end,
        original ? begun(scanned.slice(0, index), next, start) : undefined,
      );
    },
  };
}

/** The scanner itself gives up: no parser sees such a token. */
const isIllegal = ({ type }: Token): boolean => type === "illegal" || type === "openQuote";

/** The next token that is one, also put to those that came before. */
function nextToken(lexer: Lexer, scanned: ScannedToken[]): ScannedToken | undefined {
  let token = lexer.next() as ScannedToken | undefined;
  while (token !== undefined && skippedTypes.has(token.type))
    token = lexer.next() as ScannedToken | undefined;
  if (token === undefined) return undefined;
  token.index = scanned.length;
  // A policy may read like a word of the grammar.
  if (token.type === "policy") token.text = "";
  scanned.push(token);
  return token;
}

function publicToken({ type, value, line, col, offset }: ScannedToken, start: Position): Token {
  return { type, text: value, position: { line, column: col, offset: start.offset + offset } };
}
