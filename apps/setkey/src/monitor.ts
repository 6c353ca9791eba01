import { LostMessagesError, RefusedError, type Session, type SessionEvent } from "@keysock/session";
import { monitorEntry } from "@keysock/setkey-printer";
import { type Command, request } from "@keysock/wire";
import type { Io } from "./io.ts";
import type { Program } from "./program.ts";
import { converse } from "./session.ts";

/** How long to wait for a message before signal handlers get their turn. */
const stepMs = 200;

/** The "satype" of a PROMISC request that switches it on (RFC 2367 section 3.1.11). */
const on = 1;

/** -x: prints every message that comes, until a signal ends the process. */
export async function monitor(program: Program): Promise<number> {
  const { options, io, host } = program;
  const style = options.monitorLevel > 1 ? "unix" : "clock";
  const hex = options.hex || options.help;
  const session = converse(program, ({ direction, decoded }: SessionEvent) => {
    if (direction === "sent") return;
    io.out(monitorEntry(decoded.bytes, { dialect: session.dialect, receivedAt: host.now(), style, hex }));
    io.flush();
  });
  for (const _ of session.request(request("promisc", on))) {
    // Printed by the observer, like everything else that comes.
  }
  for (;;) if (!hear(program, session)) await io.turn();
}

/** Whether there was something to hear. That messages are missing ends nothing, and the original does not notice. */
function hear(program: Program, session: Session): boolean {
  const { options, io } = program;
  try {
    return session.receive(stepMs) !== undefined;
  } catch (error) {
    if (!(error instanceof LostMessagesError)) throw error;
    if (!options.compat) {
      io.err(`setkey: ${error.message}\nsetkey: what there is now follows\n`);
      listAll(io, session);
    }
    return true;
  }
}

/** Who follows the messages goes on from what there is now. Answers, refusals too, are printed by the observer. */
function listAll(io: Io, session: Session): void {
  session.run([
    {
      command: dumps(),
      refused(error) {
        const shown = error instanceof RefusedError && error.reply !== undefined;
        if (!shown) io.err(`setkey: ${error.message}\n`);
      },
    },
  ]);
}

function* dumps(): Command {
  yield request("dump", "unspec");
  yield request("spddump", "unspec");
}
