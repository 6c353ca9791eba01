import type { Libc } from "./libc.ts";
import { EINTR } from "./linux.ts";
import { SocketError } from "./socket-error.ts";

/** poll(2) counts milliseconds in an int. */
const longestPoll = 0x7fff_ffff;

/** The point in time after which nothing is waited for, in performance.now()'s milliseconds. */
export function deadlineAfter(timeoutMs: number): number {
  if (Number.isNaN(timeoutMs)) throw new RangeError('"timeoutMs" is not a number');
  return performance.now() + timeoutMs;
}

/**
 * Waits until a socket is ready for one of `events`: those that are, or 0 if the deadline passes first. A signal does
 * not shorten the wait.
 */
export function waitFor(libc: Libc, fd: number, events: number, deadline: number): number {
  for (;;) {
    const left = Math.max(Math.ceil(deadline - performance.now()), 0);
    const ready = libc.poll(fd, events, Math.min(left, longestPoll));
    if (ready > 0 || (ready === 0 && left <= longestPoll)) return ready;
    if (ready < 0 && ready !== -EINTR)
      throw new SocketError("cannot wait for the socket", libc.describe(ready));
  }
}
