import type { Compiled } from "@keysock/ipseckey-compiler";
import type { SaCommand } from "@keysock/ipseckey-grammar";
import { messageText, refusalText } from "@keysock/ipseckey-printer";
import { RefusedError } from "@keysock/session";
import { type Decoded, decode, encode } from "@keysock/wire";
import { ending } from "./exit-class.ts";
import type { OriginalReport } from "./original-report.ts";
import { print } from "./print.ts";
import type { Program, Source } from "./program.ts";
import { numbered } from "./requests.ts";
import { SystemFailure, systemFailure } from "./system-failure.ts";
import type { Talk } from "./talk.ts";

interface Surroundings {
  program: Program;
  source: Source;
  talk: Talk;
  report: OriginalReport;
  /** Leaves a failed system call; where it returns, the original goes on as if nothing had happened. */
  bail(failure: SystemFailure): void;
}

/** How the original comes out of such a command. */
export interface Sent {
  /** Whether a prompt follows. */
  prompts: boolean;
  /** What it counts as successes. */
  successes: number;
}

/** Sends the steps of `add`, `update`, `delete`, `get` and their pair forms as the original does. */
export function sendOriginal(
  surroundings: Surroundings,
  command: SaCommand,
  { steps }: Compiled,
  sequence: number,
): Sent {
  const { program, source, talk, report, bail } = surroundings;
  const finds = /^(?:get|delete)/.test(command.kind);
  const hasDestination = command.attributes.some(({ name }) => name === "dst");
  let successes = 0;

  for (const { remarks, begin } of steps) {
    for (const remark of remarks) report.problem(remark);
    if (begin === undefined) continue;
    if (report.waits) break;
    const outcome = exchange(begin());
    if (outcome === "success") successes += 1;
  }
  if (!hasDestination) return { prompts: true, successes: 0 };
  if (!report.waits) return { prompts: false, successes: finds ? 1 : successes };
  report.print({ withoutContext: finds });
  if (source.origin === "shell") throw ending(program, "fatal");
  return { prompts: false, successes: finds ? 0 : successes };

  function exchange(requests: Parameters<typeof numbered>[0]): "success" | "refused" {
    const session = talk.session();
    try {
      session.run([
        {
          command: numbered(requests, sequence),
          reply(reply) {
            if (command.kind === "get") show(reply);
          },
        },
      ]);
      return "success";
    } catch (error) {
      if (error instanceof RefusedError && error.reply !== undefined) return refused(error);
      const failure = systemFailure(error, "doaddresses", session.dialect, () => "");
      if (failure === undefined) throw error;
      bail(failure);
      return "success";
    }
  }

  function refused(error: RefusedError): "success" | "refused" {
    const dialect = talk.dialect();
    const reply = error.reply!;
    const { report: text, failure } = refusalText(error.request, reply, { dialect, compat: true });
    // The original prints the answer to get before it looks at it.
    if (command.kind === "get" && error.errnoName === "EINVAL" && hasDestination) {
      show(decode(encode(reply, dialect), dialect));
    }
    if (text !== "") {
      if (hasDestination) report.collect(text);
      else program.io.out(text);
      program.io.err(failure);
      return "refused";
    }
    bail(new SystemFailure("refusal", failure, error));
    return "success";
  }

  function show(reply: Decoded): void {
    print(program, messageText(reply, talk.printing()));
  }
}
