import type { Socket } from "node:net";
import { createInterface } from "node:readline";

/** The emulator refused a command or went away. */
export class ManagementError extends Error {
  override readonly name = "ManagementError";
}

/** QEMU's machine protocol: one JSON object a line, commands answered in order, events in between. */
export class Management {
  readonly #socket: Socket;
  readonly #answers: AsyncIterator<string>;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.#answers = createInterface(socket)[Symbol.asyncIterator]();
  }

  /** To be called once, before any other command. */
  greet(): Promise<unknown> {
    return this.execute("qmp_capabilities");
  }

  /** @throws {@link ManagementError} */
  async execute(command: string, argument: object = {}): Promise<unknown> {
    this.#socket.write(`${JSON.stringify({ execute: command, arguments: argument })}\n`);
    for (;;) {
      const { value, done } = await this.#answers.next();
      if (done) throw new ManagementError(`the emulator ended before it answered "${command}"`);
      const answer = JSON.parse(value);
      if ("error" in answer) throw new ManagementError(`"${command}": ${answer.error.desc}`);
      if ("return" in answer) return answer.return;
    }
  }

  close(): void {
    this.#socket.destroy();
  }
}
