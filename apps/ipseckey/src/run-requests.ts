import type { RefusedError, SessionEvent } from "@keysock/session";
import type { Command, Decoded, OutgoingMessage } from "@keysock/wire";
import { numbered } from "./requests.ts";
import { type Place, SystemFailure, systemFailure } from "./system-failure.ts";
import type { Talk } from "./talk.ts";

/** What becomes of the replies to requests. */
export interface Handling {
  place: Place;
  reply?(reply: Decoded): void;
  /** What is said, on standard error, of a refusal; undefined: it is none. */
  refused(error: RefusedError): string | undefined;
  /** What the original says of a reply that is of another type or type of SA; without it such a reply is not looked at. */
  wrongReply?: string | undefined;
}

/**
 * Sends requests, one after the other, under the number of a command.
 *
 * @throws SystemFailure at the first that fails
 */
export function runRequests(
  talk: Talk,
  command: Command,
  handling: Handling,
  sequence = talk.nextSequence(),
): void {
  const session = talk.session();
  const { wrongReply } = handling;
  const stop = wrongReply === undefined ? () => {} : talk.observe(refuseOthers(sequence, wrongReply));
  try {
    session.run([
      {
        command: numbered(command, sequence),
        reply(reply, request) {
          if (wrongReply !== undefined && reply.message.saType !== request.saType) throw wrong(wrongReply);
          handling.reply?.(reply);
        },
      },
    ]);
  } catch (error) {
    let isRefusal = true;
    const failure = systemFailure(error, handling.place, session.dialect, (refusal) => {
      const text = handling.refused(refusal);
      isRefusal = text !== undefined;
      return text ?? "";
    });
    if (failure === undefined) throw error;
    if (isRefusal) throw failure;
  } finally {
    stop();
  }
}

/** A message of that number which answers none of the requests is a wrong answer. */
function refuseOthers(sequence: number, text: string) {
  let asked: OutgoingMessage | undefined;
  return ({ direction, decoded }: SessionEvent): void => {
    if (direction === "sent") asked = decoded.message;
    const { message } = decoded;
    if (direction === "skipped" && message.sequence === sequence && message.pid === asked?.pid) {
      throw wrong(text);
    }
  };
}

const wrong = (text: string) => new SystemFailure("read", `ipseckey: Error: ${text}\n`);
