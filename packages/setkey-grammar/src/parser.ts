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
  /** Draws tokens until one fits nowhere or none comes. A run that fits is remembered in the shapes. */
  parse(next: () => Token | undefined, shapes?: Shapes): Outcome<T, Token>;
  /** The result for a run of tokens of the same kinds as one that was parsed before; undefined if there was none. */
  parseAgain(tokens: readonly Token[], shapes: Shapes): { value: T } | undefined;
  /** What may come behind the tokens; undefined: they do not fit. */
  expectedBehind(tokens: Iterable<Token>): Expected[] | undefined;
}

/**
 * How runs of tokens were read, by the kinds of their tokens. A file has many statements and few shapes of them, and to
 * apply the rules to other tokens takes a tenth of the time that finding the rules takes.
 */
export type Shapes = Map<string, Shape>;

/** A rule's action and what it was applied to, in the end tokens by their place in the run. */
type Shape = number | { action: Action; parts: Shape[] };
type Action = (parts: unknown[], reference: number, reject: object) => unknown;

/** A file that says everything in another way is not worth more memory. */
const shapesLimit = 1000;
/** Tokens. Longer runs are rare, and a shape is as deep as a run is long. */
const shapeTokensLimit = 200;

/** What became of a rule: its value, and how it came about. */
interface Derivation {
  action: Action;
  parts: Part[];
  value: unknown;
}
type Part = Derivation | Kinded;

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
export function createParser<T, Token extends Kinded>(
  compiled: unknown,
  without?: string,
): TokenParser<T, Token> {
  const { ParserRules, ParserStart } = compiled as nearley.CompiledRules;
  const rules = ParserRules.filter(({ name }) => without === undefined || !name.startsWith(without));
  const grammar = nearley.Grammar.fromCompiled({ ParserRules: rules.map(derived), ParserStart });
  const literals = new Set(
    rules.flatMap(({ symbols }) => symbols.map((symbol) => symbol?.literal as string)),
  );
  /** All that the grammar tells tokens apart by. */
  const kindsOf = (tokens: readonly Token[]): string => {
    let kinds = "";
    for (const { type, text } of tokens) kinds += literals.has(text) ? `${type} ${text}\n` : `${type}\n`;
    return kinds;
  };
  return {
    parse(next, shapes) {
      const drawn: Token[] = [];
      const { table, results, failure } = feed<Token>(grammar, () => {
        const token = next();
        if (token !== undefined) drawn.push(token);
        return token;
      });
      if (failure !== undefined) return { at: failure.token, expected: expectedIn(table) };
      if (results.length === 0) return { at: undefined, expected: expectedIn(table) };
      if (results.length > 1) throw new AmbiguousGrammarError(results.length);
      if (shapes !== undefined && shapes.size < shapesLimit && drawn.length <= shapeTokensLimit) {
        shapes.set(
          kindsOf(drawn),
          shapeOf(results[0]!, new Map(drawn.map((token, place) => [token, place]))),
        );
      }
      return { value: results[0]!.value as T };
    },
    parseAgain(tokens, shapes) {
      const shape = shapes.get(kindsOf(tokens));
      if (shape === undefined) return undefined;
      const value = applied(shape, tokens);
      return value === reject ? undefined : { value: value as T };
    },
    expectedBehind(tokens) {
      const iterator = tokens[Symbol.iterator]();
      const { table, failure } = feed<Token>(grammar, () => iterator.next().value as Token | undefined);
      return failure === undefined ? expectedIn(table) : undefined;
    },
  };
}

/** What nearley looks at in a token. */
interface Kinded {
  type: string;
  text: string;
}

/** What an action gives where its rule does not hold after all. */
const reject: object = nearley.Parser.fail;

/** A rule whose value also says how it came about. */
function derived(rule: nearley.ParserRule): nearley.ParserRule {
  const action: Action = (rule.postprocess as Action | undefined) ?? ((parts) => parts);
  const postprocess = (parts: Part[], reference: number): object => {
    const value = action(parts.map(partValue), reference, reject);
    return value === reject ? reject : { action, parts, value };
  };
  return { ...rule, postprocess: postprocess as nearley.Postprocessor };
}

const isDerivation = (part: Part): part is Derivation => "action" in part;

const partValue = (part: Part): unknown => (isDerivation(part) ? part.value : part);

function shapeOf({ action, parts }: Derivation, places: ReadonlyMap<unknown, number>): Shape {
  const shape = (part: Part) => (isDerivation(part) ? shapeOf(part, places) : places.get(part)!);
  return { action, parts: parts.map(shape) };
}

/** The value of a run of tokens in a shape; `reject` where a rule that held for other tokens does not hold for these. */
function applied(shape: Shape, tokens: readonly unknown[]): unknown {
  if (typeof shape === "number") return tokens[shape];
  const parts: unknown[] = [];
  for (const part of shape.parts) {
    const value = applied(part, tokens);
    if (value === reject) return reject;
    parts.push(value);
  }
  return shape.action(parts, 0, reject);
}

interface Fed<Token> {
  table: Table;
  results: Derivation[];
  failure: { token: Token } | undefined;
}

function feed<Token>(grammar: nearley.Grammar, next: () => Token | undefined): Fed<Token> {
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
