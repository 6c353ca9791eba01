import { monitorBanner, monitorEntry } from "@keysock/ipseckey-printer";
import { LostMessagesError, RefusedError, type SessionEvent } from "@keysock/session";
import type { Command, Decoded } from "@keysock/wire";
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
    if (direction === "sent") io.out(after);
    else show(decoded);
  });
  try {
    switchOn();
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

  /** That messages are missing ends nothing, and the original does not notice. */
  function hear(): void {
    try {
      session.receive(stepMs);
    } catch (error) {
      if (!(error instanceof LostMessagesError)) throw error;
      if (!program.options.compat) io.err(`ipseckey: ${error.message}\n`);
    }
  }

  /** The answer is shown like everything else, also if it is a refusal; and without one there may still be something to see. */
  function switchOn(): void {
    const sequence = mode === "active" ? talk.nextSequence() : 0;
    session.run([
      {
        command: numbered(command, sequence),
        refused(error) {
          if (error instanceof RefusedError && error.reply === undefined) throw error;
        },
      },
    ]);
  }
}
