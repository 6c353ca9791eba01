import { type Command, find, type Message, type OutgoingMessage } from "@keysock/wire";
import type { Job } from "../job.ts";

/** A command that yields these requests and asks for no reply. */
export function* plain(...requests: OutgoingMessage[]): Command {
  yield* requests;
}

/** `reply add 256 seq 0`: what the handlers of a run were told. */
export interface RunLog {
  lines: string[];
  job(name: string, command: Command): Job;
}

/** Handlers that write down what they are told, with the name of their job. */
export function runLog(): RunLog {
  const lines: string[] = [];
  return {
    lines,
    job: (name, command) => ({
      command,
      reply: ({ message }) => void lines.push(`${name}: ${describe(message)}`),
      refused: (error) => void lines.push(`${name}: ${error.message}`),
    }),
  };
}

/** `add 0x100 seq 0`. */
export function describe(message: Message): string {
  const sa = find(message, "sa");
  const spi = sa === undefined ? "" : ` 0x${sa.spi.toString(16)}`;
  return `${message.type}${spi} seq ${message.sequence}`;
}
