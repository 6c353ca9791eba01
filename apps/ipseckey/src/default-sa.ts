import { CommandError, type CommandProblem, diagnose } from "@keysock/ipseckey-compiler";
import type { SaCommand } from "@keysock/ipseckey-grammar";
import { messageText, refusalText } from "@keysock/ipseckey-printer";
import type { Job, RefusedError } from "@keysock/session";
import { type Command, find, illumos, type Outgoing, type SaExtension } from "@keysock/wire";
import { print } from "./print.ts";
import type { Program } from "./program.ts";
import { numbered } from "./requests.ts";
import { type SystemFailure, systemFailure } from "./system-failure.ts";
import type { Talk } from "./talk.ts";

/** Who hears of what becomes of a command. */
export interface Outcome {
  /** The other end refused it, for one of its addresses at least; or it was not sent for what is wrong with it. */
  failed(why: SystemFailure | readonly CommandProblem[]): void;
}

/** `add`, `update`, `delete`, `get` and their pair forms for a session to run. */
export function saJob(
  program: Program,
  talk: Talk,
  command: SaCommand,
  requests: Command,
  outcome: Outcome,
): Job {
  const { dialect } = talk.session();
  /** Only illumos says what is wrong; what it would say must be known before the keys are gone. */
  const diagnoses = new WeakMap<Outgoing<SaExtension>, number>();

  function* guarded(): Command {
    const inner = numbered(requests, talk.nextSequence());
    try {
      let step = inner.next([]);
      while (step.done !== true) {
        const sa = find(step.value, "sa");
        if (sa !== undefined && dialect.name === "linux") diagnoses.set(sa, diagnose(step.value));
        step = inner.next(yield step.value);
      }
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      outcome.failed(error.problems);
    } finally {
      inner.return();
    }
  }

  function textOf(error: RefusedError): string {
    const { request } = error;
    const reply = error.reply!;
    const sa = find(request, "sa");
    const code = (sa && diagnoses.get(sa)) ?? 0;
    const told = code > 0 && error.errnoName === "EINVAL";
    const { report, failure } = told
      ? refusalText(request, { ...reply, reserved: code }, { dialect: illumos })
      : refusalText(request, reply, { dialect });
    const { kernelText } = error;
    return report + failure + (kernelText === undefined ? "" : `The kernel says: ${kernelText}\n`);
  }

  return {
    command: guarded(),
    reply(reply) {
      if (command.kind === "get") print(program, messageText(reply, talk.printing()));
    },
    refused(error) {
      outcome.failed(systemFailure(error, "doaddresses", dialect, textOf)!);
    },
  };
}
