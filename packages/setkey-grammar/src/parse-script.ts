import type { Statement } from "./statement.ts";
import { createStatementParser } from "./statement-parser.ts";
import { createStatementReader, type ReadOptions, type StatementReader } from "./statement-reader.ts";

/**
 * The statements of a script as they are read, `exit` included, behind which nothing is read. Memory does not grow with the script.
 *
 * @param chunks - The text in pieces of any size; latin1, one character a byte, so that quoted keys keep their bytes.
 * @throws SetkeySyntaxError at the first statement that is none: setkey runs nothing behind it.
 * @throws StatementTooLongError
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseScript } from "@keysock/setkey-grammar";
 *
 * const script = `
 *   flush; # everything
 *   add 10.0.11.41 10.0.11.33 ah 123456 -A hmac-sha1 "AH SA configuration!";
 * `;
 * const kinds = [...parseScript([script])].map((statement) => statement.kind);
 * assert.deepEqual(kinds, ["flush", "add"]);
 * ```
 */
export function* parseScript(
  chunks: Iterable<string>,
  options: ReadOptions = {},
): Generator<Statement, void> {
  const reader = createStatementReader(options);
  for (const chunk of chunks) {
    reader.push(chunk);
    if (yield* statements(reader)) return;
  }
  reader.end();
  yield* statements(reader);
}

/** Whether an `exit` was among them. */
function* statements(reader: StatementReader): Generator<Statement, boolean> {
  for (let statement = reader.next(); statement !== undefined; statement = reader.next()) {
    yield statement;
    if (statement.kind === "exit") return true;
  }
  return false;
}

/**
 * The one statement of a text.
 *
 * @throws SetkeySyntaxError if it is no statement, or more than one.
 * @throws StatementTooLongError
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseStatement } from "@keysock/setkey-grammar";
 *
 * const statement = parseStatement("get 10.0.11.41 10.0.11.33 ah 123456;");
 * assert(statement.kind === "get");
 * assert.deepEqual(statement.spi, { value: "123456", token: 4 });
 * ```
 */
export function parseStatement(text: string, options: ReadOptions = {}): Statement {
  const start = { line: options.firstLine ?? 1, column: 1, offset: 0 };
  return createStatementParser(options).parse({ text, start });
}
