import { monitorBanner, monitorEntry } from "@keysock/ipseckey-printer";
import { LostMessagesError, NoReplyError, RefusedError, type SessionEvent } from "@keysock/session";
import { type Command, type Decoded, request } from "@keysock/wire";
import { print } from "./print.ts";
import type { Program } from "./program.ts";
import { numbered } from "./requests.ts";
import { systemFailure } from "./system-failure.ts";
import type { Talk } from "./talk.ts";

/** How long to wait for a message before signal handlers get their turn. */
const stepMs = 200;

/**
 * Carries out `monitor` and `passive_monitor`: prints every message until it is interrupted.
 *
 * @param command - what switches all messages on, or nothing
 * @throws SystemFailure
 */
export async function monitor(
  program: Program,
  talk: Talk,
  command: Command,
  mode: "active" | "passive",
): Promise<void> {
  const { io } = program;
  const session = talk.session();
  const { before, after } = monitorBanner(mode);
  let interrupted = false;
  const stopListening = io.onInterrupt(() => {
    interrupted = true;
  });
  const show = (decoded: Decoded) => {
    print(program, monitorEntry(decoded, talk.printing()));
    io.flush();
  };
  io.out(before);
  if (mode === "passive") io.out(after);
  io.flush();
  const stopObserving = talk.observe(({ direction, decoded }: SessionEvent) => {
    if (direction !== "sent") show(decoded);
    else if (decoded.message.type === "promisc") io.out(after);
  });
  try {
    ask(command, mode === "active" ? talk.nextSequence() : 0);
    while (!interrupted) {
      hear();
      await io.turn();
    }
  } catch (error) {
    throw systemFailure(error, "domonitor", session.dialect, () => "") ?? error;
  } finally {
    stopObserving();
    stopListening();
  }

  /** That messages are missing ends nothing, and the original does not notice. Who follows them goes on from what there is now. */
  function hear(): void {
    try {
      session.receive(stepMs);
    } catch (error) {
      if (!(error instanceof LostMessagesError)) throw error;
      if (program.options.compat) return;
      io.err(`ipseckey: ${error.message}\nipseckey: what there is now follows\n`);
      ask(dumpOfAll(), talk.nextSequence());
    }
  }

  /** Answers are shown like everything else, refusals too; and where none comes there may still be something to see. */
  function ask(requests: Command, sequence: number): void {
    session.run([
      {
        command: numbered(requests, sequence),
        refused(error) {
          if (error instanceof RefusedError && error.reply === undefined) throw error;
          if (error instanceof NoReplyError && error.request.type === "dump") {
            io.err(`ipseckey: ${error.message}\n`);
          }
        },
      },
    ]);
  }
}

function* dumpOfAll(): Command {
  yield request("dump", "unspec");
}
