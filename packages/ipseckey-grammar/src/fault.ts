import type { Position, Token } from "./command.ts";
import type { Face } from "./face.ts";
import type { Problem } from "./problem.ts";
import { looksLikeKey } from "./shown.ts";

/** A problem that does not yet know its place. */
export type Fault = Pick<Problem, "code" | "report" | "original" | "message"> &
  Partial<Pick<Problem, "severity" | "expected" | "suggestion">> & {
    /** What was found must not be shown; unless given, if it looks like a key. */
    secret?: boolean;
  };

/** A fault at a token; undefined: at the end of the command. In the default face not even the original's text shows a key. */
export function problemAt(
  tokens: readonly Token[],
  token: number | undefined,
  fault: Fault,
  face: Pick<Face, "original">,
): Problem {
  const at = token === undefined ? undefined : tokens[token];
  const {
    severity = "error",
    expected = [],
    suggestion,
    secret = looksLikeKey(at?.text ?? ""),
    code,
    report,
    message,
  } = fault;
  const original = secret && !face.original ? message : fault.original;
  const { line, column } = at?.position ?? endOf(tokens);
  const found = secret ? undefined : at?.text;
  return { code, severity, report, original, message, expected, suggestion, line, column, token, found };
}

/** Right behind the last word, which holds line ends if it is an unfinished quotation. */
function endOf(tokens: readonly Token[]): Omit<Position, "offset"> {
  const last = tokens.at(-1);
  if (last === undefined) return { line: 1, column: 1 };
  const { line, column } = last.position;
  const lines = last.text.split("\n");
  const length = lines.at(-1)!.length;
  return { line: line + lines.length - 1, column: (lines.length > 1 ? 1 : column) + length };
}
