import { flushRefusalText } from "@keysock/ipseckey-printer";
import type { Command } from "@keysock/wire";
import { runRequests } from "./run-requests.ts";
import type { Talk } from "./talk.ts";

/**
 * Carries out `flush`.
 *
 * @param saType - its number, 0 for all
 * @throws SystemFailure
 */
export function flush(talk: Talk, command: Command, saType: number, compat: boolean): void {
  runRequests(talk, command, {
    place: "doflush",
    refused: ({ reply }) => flushRefusalText(reply!, saType, { dialect: talk.dialect(), compat }),
    wrongReply: compat ? "doflush: Return message not of type SADB_FLUSH!" : undefined,
  });
}
