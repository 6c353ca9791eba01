/** send() or receive() on a socket that was closed by close(). */
export class ClosedError extends Error {
  override readonly name = "ClosedError";

  constructor(socket: string) {
    super(`${socket} is closed: open another`);
  }
}
