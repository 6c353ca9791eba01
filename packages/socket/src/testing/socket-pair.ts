import { loadKoffi } from "../koffi.ts";
import { AF_UNIX, SOCK_CLOEXEC } from "../linux.ts";

/** SOCK_SEQPACKET of `<sys/socket.h>`: whole messages, and a queue as long as the buffer, which SOCK_DGRAM has not. */
export const SOCK_SEQPACKET = 5;

/** Two connected Unix sockets, socketpair(2). */
export function socketPair(type: number): [number, number] {
  const koffi = loadKoffi();
  const socketpair = koffi.load(null).func("int socketpair(int domain, int type, int protocol, void *fds)");
  const fds = new Int32Array(2);
  if (socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, fds) < 0)
    throw new Error(`socketpair: errno ${koffi.errno()}`);
  return [fds[0]!, fds[1]!];
}
