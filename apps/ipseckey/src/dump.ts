import { dumpEntry, dumpRefusalText, dumpSucceeded } from "@keysock/ipseckey-printer";
import type { RefusedError } from "@keysock/session";
import type { Command, Decoded } from "@keysock/wire";
import { print } from "./print.ts";
import type { Program } from "./program.ts";
import { runRequests } from "./run-requests.ts";
import type { Place } from "./system-failure.ts";
import type { Talk } from "./talk.ts";

/**
 * Carries out `dump`.
 *
 * @param saType - its number, 0 for all
 * @throws SystemFailure
 */
export function dump(program: Program, talk: Talk, command: Command, saType: number): void {
  runDump(program, talk, command, "dodump", (reply) => print(program, dumpEntry(reply, talk.printing())));
  program.io.out(dumpSucceeded(saType));
}

/** @throws SystemFailure */
export function runDump(
  { options: { compat } }: Program,
  talk: Talk,
  command: Command,
  place: Place,
  reply: (reply: Decoded) => void,
): void {
  const dialect = talk.session().dialect;
  runRequests(talk, command, {
    place,
    reply,
    refused: (error) => (isEmpty(error) ? undefined : dumpRefusalText(error.reply!, { dialect, compat })),
  });

  /** Linux refuses to dump nothing. */
  function isEmpty({ errnoName }: RefusedError): boolean {
    return dialect.name === "linux" && errnoName === "ENOENT";
  }
}
