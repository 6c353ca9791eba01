import type { Command, OutgoingMessage } from "@keysock/wire";

/** A command whose requests have that number. */
export function* numbered(command: Command, sequence: number): Command {
  let step = command.next([]);
  try {
    while (step.done !== true) {
      const request: OutgoingMessage = { ...step.value, sequence };
      step = command.next(yield request);
    }
  } finally {
    command.return();
  }
}
