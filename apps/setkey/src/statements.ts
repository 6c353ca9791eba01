import {
  createStatementReader,
  interactiveStatements,
  type ReadOptions,
  SetkeySyntaxError,
  type Statement,
  type StatementReader,
  StatementTooLongError,
} from "@keysock/setkey-grammar";

/** A text that does not read as a statement. */
export type Unreadable = SetkeySyntaxError | StatementTooLongError;

/** The statements of a text as they are read, and what is none. */
export interface Statements {
  reader: StatementReader;
  items: Iterable<Statement | Unreadable>;
}

/** Of a file, or of standard input by the rules for files. */
export function fileStatements(chunks: Iterable<string>, options: ReadOptions): Statements {
  return read(chunks, options);
}

/** Of standard input as ipsec-tools' `-c` takes it: lines first, which it does not count. */
export function promptStatements(chunks: Iterable<string>): Statements {
  return read(interactiveStatements(lines(chunks)), {
    compat: "ipsec-tools",
    firstLine: 0,
    separateTexts: true,
  });
}

/** The statements that are whole, and what is none. */
export function* wholeStatements(reader: StatementReader): Generator<Statement | Unreadable, void> {
  for (let item = next(); item !== undefined; item = next()) yield item;

  function next(): Statement | Unreadable | undefined {
    try {
      return reader.next();
    } catch (error) {
      if (error instanceof SetkeySyntaxError || error instanceof StatementTooLongError) return error;
      throw error;
    }
  }
}

function read(texts: Iterable<string>, options: ReadOptions): Statements {
  const reader = createStatementReader(options);
  return { reader, items: items() };

  function* items(): Generator<Statement | Unreadable, void> {
    for (const text of texts) {
      reader.push(text);
      yield* wholeStatements(reader);
    }
    reader.end();
    yield* wholeStatements(reader);
  }
}

function* lines(chunks: Iterable<string>): Generator<string, void> {
  let rest = "";
  for (const chunk of chunks) {
    const pieces = (rest + chunk).split("\n");
    rest = pieces.pop()!;
    yield* pieces;
  }
  if (rest !== "") yield rest;
}
