import nearley from "nearley";

/** A symbol that the grammar would have taken, and the rule that asks for it. */
export interface Expected {
  rule: string;
  /** A word as it stands in the source. */
  literal?: string;
  /** A type of token. */
  type?: string;
}

/** What became of a run of tokens: the one result, or where and why there is none. */
type Outcome<T, Token> =
  | { value: T }
  /** `at` is the token that fits nowhere; undefined: all that came fitted, and more should have come. */
  | { at: Token | undefined; expected: Expected[] };

/** What nearley does with a run of tokens; nothing outside of this module knows of it. */
export interface TokenParser<T, Token> {
  /** Draws tokens until one fits nowhere or none comes. */
  parse(next: () => Token | undefined): Outcome<T, Token>;
  /** What may come behind the tokens; undefined: they do not fit. */
  expectedBehind(tokens: Iterable<Token>): Expected[] | undefined;
}

// The parts of nearley 2.20.1 that its types leave out.
interface State {
  rule: { name: string; symbols: unknown[] };
  dot: number;
}
interface Table {
  table: { scannable: State[] }[];
  current: number;
  reportError(token: unknown): string;
}

/**
 * A parser for what nearleyc has generated.
 *
 * @param without - Leaves out the rules whose names begin so.
 */
export function createParser<T, Token>(compiled: unknown, without?: string): TokenParser<T, Token> {
  const { ParserRules, ParserStart } = compiled as nearley.CompiledRules;
  const grammar = nearley.Grammar.fromCompiled({
    ParserRules: ParserRules.filter(({ name }) => without === undefined || !name.startsWith(without)),
    ParserStart,
  });
  return {
    parse(next) {
      const { table, results, failure } = feed<T, Token>(grammar, next);
      if (failure !== undefined) return { at: failure.token, expected: expectedIn(table) };
      if (results.length === 0) return { at: undefined, expected: expectedIn(table) };
      if (results.length > 1) throw new AmbiguousGrammarError(results.length);
      return { value: results[0]! };
    },
    expectedBehind(tokens) {
      const iterator = tokens[Symbol.iterator]();
      const { table, failure } = feed<T, Token>(grammar, () => iterator.next().value as Token | undefined);
      return failure === undefined ? expectedIn(table) : undefined;
    },
  };
}

interface Fed<T, Token> {
  table: Table;
  results: T[];
  failure: { token: Token } | undefined;
}

function feed<T, Token>(grammar: nearley.Grammar, next: () => Token | undefined): Fed<T, Token> {
  const lexer = { reset() {}, next, save() {}, formatError: () => "" };
  const parser = new nearley.Parser(grammar, { lexer: lexer as unknown as nearley.Lexer });
  const table = parser as unknown as Table;
  let failure: { token: Token } | undefined;
  // nearley's own report takes a dozen lines, and time that grows with the table.
  table.reportError = (token) => {
    failure = { token: token as Token };
    return "";
  };
  try {
    parser.feed("");
  } catch (error) {
    if (failure === undefined) throw error;
  }
  return { table, results: parser.results ?? [], failure };
}

function expectedIn({ table, current }: Table): Expected[] {
  return table[current]!.scannable.map(({ rule, dot }) => ({
    rule: rule.name,
    ...(rule.symbols[dot] as { literal?: string; type?: string }),
  }));
}

/** A text can be read in more than one way: a fault of the grammar, not of the text. */
class AmbiguousGrammarError extends Error {
  override readonly name = "AmbiguousGrammarError";

  constructor(results: number) {
    super(`${results} results: expected one`);
  }
}
