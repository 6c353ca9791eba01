import type { SadStatement, Statement, TaggedStatement } from "@keysock/setkey-grammar";
import { type Command, type OutgoingMessage, request } from "@keysock/wire";
import type { CompileContext } from "./context.ts";
import { deleteAllCommand } from "./delete-all.ts";
import { policyExtension } from "./policy.ts";
import { saRequests } from "./sa.ts";
import { saTypeOf } from "./sa-type.ts";
import { fail, type Scope, scopeOf, tokenOf } from "./scope.ts";
import { spdRequests } from "./spd.ts";
import type { Warning } from "./statement-error.ts";

/** A statement ready to be sent. */
export interface Compiled {
  /** Needs no reply to go on, but for `deleteall`, which iterates those to its dump. */
  command: Command;
  /** What the user is to be told before it is sent, in order. */
  warnings: readonly Warning[];
}

/**
 * A statement as PF_KEY requests. Everything that can be checked without the other end is checked now; requests come with
 * pid and sequence 0. They hold the statement's own key bytes: whoever sends the last request overwrites them.
 *
 * @throws {@link StatementError}
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { tableHost } from "@keysock/host";
 * import { compile } from "@keysock/setkey-compiler";
 * import { parseStatement } from "@keysock/setkey-grammar";
 * import { linux } from "@keysock/wire";
 *
 * const statement = parseStatement("spdadd 10.0.0.1 10.0.0.2 any -P in ipsec esp/transport//require;");
 * const { command, warnings } = compile(statement, {
 *   host: tableHost(),
 *   dialect: linux,
 *   face: "default",
 *   forward: "rfc",
 * });
 * assert.deepEqual(warnings, []);
 * assert.equal(command.next([]).value?.type, "spdadd"); // for direction in
 * assert.equal(command.next([]).value?.type, "spdadd"); // and for fwd
 * assert.equal(command.next([]).done, true);
 * ```
 */
export function compile(statement: Statement, context: CompileContext): Compiled {
  const scope = scopeOf(statement, context);
  return { command: commandOf(scope, statement), warnings: scope.said };
}

function commandOf(scope: Scope, statement: Statement): Command {
  switch (statement.kind) {
    case "add":
    case "update":
    case "getspi":
    case "get":
    case "delete":
      return each(saRequests(scope, statement));
    case "deleteall":
      return deleteAllCommand(scope, statement);
    case "flush":
    case "dump":
      return each([sadRequest(scope, statement)]);
    case "spdadd":
    case "spdupdate":
    case "spddelete":
      return each(spdRequests(scope, statement));
    case "spdadd-tagged":
    case "spdupdate-tagged":
      return each([taggedRequest(scope, statement)]);
    case "spddump":
    case "spdflush":
      return each([request(statement.kind, "unspec")]);
    case "exit":
      return each([]);
  }
}

function* each(requests: readonly OutgoingMessage[]): Command {
  yield* requests;
}

function sadRequest(scope: Scope, { kind, protocol }: SadStatement): OutgoingMessage {
  return request(kind, saTypeOf(scope, protocol));
}

/** The tag is one of pf, the packet filter of the BSDs. ipsec-tools leaves it out on Linux and the kernel refuses the rest. */
function taggedRequest(scope: Scope, { kind, tag, policy }: TaggedStatement): OutgoingMessage {
  const extension = policyExtension(scope, policy);
  if (!scope.compat) {
    fail(scope, tokenOf(scope, tag), {
      message: "Not supported",
      expected: "source and destination",
      reason: "tags are the BSDs' packet filter's, Linux's PF_KEY has none",
    });
  }
  return request(kind === "spdadd-tagged" ? "spdadd" : "spdupdate", "unspec", [extension]);
}
