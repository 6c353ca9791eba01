import type { Session } from "@keysock/session";
import { shortEntry, shortHeader } from "@keysock/setkey-printer";
import { type Command, type Decoded, find, request, SaState } from "@keysock/wire";
import { printReply } from "./listing.ts";
import type { Program } from "./program.ts";
import { reportRefusal } from "./report.ts";

const secondBetweenPasses = 1000;

/** What -D and -F ask for. */
export function* databaseCommand({ options }: Program): Command {
  const { mode, policies } = options;
  if (mode === "flush") yield request(policies ? "spdflush" : "flush", "unspec");
  else yield request(policies ? "spddump" : "dump", "unspec");
}

/** -D and -F: asks once and prints what comes back. */
export function runDatabase(program: Program, session: Session): number {
  const { hideSocketPolicies } = program.options;
  let hidden = 0;
  const status = ask(program, session, (reply) => {
    if (hideSocketPolicies && isOfSocket(reply)) hidden += 1;
    else printReply(program, reply);
  });
  if (hidden > 0) {
    program.io.out(
      `${hidden} per-socket ${hidden === 1 ? "policy" : "policies"} not shown (filtered by -N)\n`,
    );
  }
  return status;
}

/** Linux numbers policies by direction modulo 8; those of sockets follow in, out and fwd. */
const isOfSocket = ({ message }: Decoded): boolean => (find(message, "policy")?.id ?? 0) % 8 >= 3;

/** -l -D: a header, then a short line for each SA, once a second, for ever. */
export async function listForEver(program: Program, session: Session): Promise<number> {
  const { io, host, options } = program;
  io.out(shortHeader());
  for (;;) {
    const status = ask(program, session, (reply) => {
      const dead = find(reply.message, "sa")?.state === SaState.dead;
      if (options.dead || !dead) io.out(shortEntry(reply, { host }));
    });
    io.flush();
    if (status !== 0) return status;
    host.sleep(secondBetweenPasses);
    await io.turn();
  }
}

function ask(program: Program, session: Session, reply: (reply: Decoded) => void): number {
  let status = 0;
  session.run([
    {
      command: databaseCommand(program),
      reply,
      refused(error) {
        status = reportRefusal(program, error, { dialect: session.dialect }) ? 1 : 0;
      },
    },
  ]);
  return program.options.compat ? 0 : status;
}
