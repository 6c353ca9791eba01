import { ECONNREFUSED, ECONNRESET, ENOTCONN, EPIPE } from "./linux.ts";
import { SocketError } from "./socket-error.ts";

/** Nobody is at the other end, or not any more. After the peer's end of file the code is `EPIPE`. */
export class PeerGoneError extends SocketError {
  override readonly name = "PeerGoneError";
}

const peerGone: ReadonlySet<number> = new Set([EPIPE, ECONNRESET, ECONNREFUSED, ENOTCONN]);

/** Whether a call's failure (an errno with its sign turned) says that the peer is gone. */
export function saysPeerGone(failure: number): boolean {
  return peerGone.has(-failure);
}
