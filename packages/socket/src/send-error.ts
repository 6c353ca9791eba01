import type { Errno } from "./libc.ts";
import { SocketError } from "./socket-error.ts";

/** A message was refused by the call that sends it. Those before it were sent, it and those after it were not. */
export class SendError extends SocketError {
  override readonly name = "SendError";
  /** How many messages were sent, and so the index of the refused one. */
  readonly sent: number;

  constructor(socket: string, sent: number, errno: Errno, advice?: string) {
    super(`${socket} does not take message ${sent}`, errno, advice);
    this.sent = sent;
  }
}
