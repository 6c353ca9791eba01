import { type HostTables, tableHost } from "@keysock/host";
import { parseStatement } from "@keysock/setkey-grammar";
import { encode, linux, type OutgoingMessage } from "@keysock/wire";
import { type Compiled, compile } from "../compile.ts";
import type { CompileContext } from "../context.ts";
import { StatementError } from "../statement-error.ts";
import { masked } from "./replay.ts";

/** What differs from the default face on a machine that knows nothing. */
export interface Circumstances extends Partial<Omit<CompileContext, "host">> {
  host?: HostTables;
}

/** Compiles the text of one statement. */
export function compileText(text: string, { host, ...rest }: Circumstances = {}): Compiled {
  const face = rest.face ?? "default";
  const statement = parseStatement(text, face === "ipsec-tools" ? { compat: face } : {});
  return compile(statement, { host: tableHost(host), dialect: linux, forward: "rfc", ...rest, face });
}

/** The requests of one statement when nothing is answered. */
export function requestsOf(text: string, circumstances?: Circumstances): OutgoingMessage[] {
  const { command } = compileText(text, circumstances);
  const requests: OutgoingMessage[] = [];
  for (let step = command.next([]); step.done !== true; step = command.next([])) requests.push(step.value);
  return requests;
}

/** The same as hexadecimal digits. */
export function hexOf(text: string, circumstances?: Circumstances): string[] {
  return requestsOf(text, circumstances).map((request) => masked(encode(request, linux)));
}

/** The error of a statement that is refused. */
export function refusalOf(text: string, circumstances?: Circumstances): StatementError {
  try {
    compileText(text, circumstances);
  } catch (error) {
    if (error instanceof StatementError) return error;
    throw error;
  }
  throw new Error(`"${text}" was compiled, expected a refusal`);
}
