import type { Libc } from "./libc.ts";
import { EACCES, EAFNOSUPPORT, EPERM, EPROTONOSUPPORT, ESOCKTNOSUPPORT, SOCK_CLOEXEC } from "./linux.ts";
import { SocketError } from "./socket-error.ts";

/** The process may not open or use this socket (EPERM, EACCES). */
export class PrivilegeError extends SocketError {
  override readonly name = "PrivilegeError";
}

/** The kernel has no such sockets (EAFNOSUPPORT, EPROTONOSUPPORT, ESOCKTNOSUPPORT). */
export class UnsupportedError extends SocketError {
  override readonly name = "UnsupportedError";
}

/** What errors call the socket, and what to do where the kernel has none. */
export interface Wanted {
  /** For example `PF_KEY`. */
  kind: string;
  ifUnsupported: string;
}

/**
 * Opens a socket and lets `prepare` make it ready, which puts the result of each further call through `must`.
 *
 * @throws {@link PrivilegeError}, {@link UnsupportedError} or another {@link SocketError}; the socket is closed then
 */
export function openSocket(
  libc: Libc,
  [domain, type, protocol]: readonly [domain: number, type: number, protocol: number],
  wanted: Wanted,
  prepare: (fd: number, must: (result: number) => void) => void,
): number {
  const must = (result: number) => {
    if (result < 0) throw openError(libc, result, wanted);
    return result;
  };
  const fd = must(libc.socket(domain, type | SOCK_CLOEXEC, protocol));
  try {
    prepare(fd, must);
    return fd;
  } catch (error) {
    libc.close(fd);
    throw error;
  }
}

/** Whether a call's failure (an errno with its sign turned) says that privilege is missing. */
export function saysNoPrivilege(failure: number): boolean {
  return failure === -EPERM || failure === -EACCES;
}

function openError(libc: Libc, failure: number, { kind, ifUnsupported }: Wanted): SocketError {
  const errno = libc.describe(failure);
  if (saysNoPrivilege(failure)) {
    return new PrivilegeError(`cannot open a ${kind} socket`, errno, "run as root or with CAP_NET_ADMIN");
  }
  if ([EAFNOSUPPORT, EPROTONOSUPPORT, ESOCKTNOSUPPORT].includes(errno.errno)) {
    return new UnsupportedError(`this kernel has no ${kind} sockets`, errno, ifUnsupported);
  }
  return new SocketError(`cannot open a ${kind} socket`, errno);
}
