import type { Libc } from "./libc.ts";
import { SO_RCVBUF, SO_RCVBUFFORCE, SO_SNDBUF, SO_SNDBUFFORCE, SOL_SOCKET } from "./linux.ts";

/** What the originals' library asks for (pfkey_open of ipsec-tools), in bytes. */
export const sendBufferBytes = 128 * 1024;
export const receiveBufferBytes = 2 * 1024 * 1024;

/** Raises the send buffer to 128 KiB and the receive buffer to as much of 2 MiB as can be had; lowers neither. */
export function raiseBuffers(libc: Libc, fd: number): void {
  raise(libc, fd, sendBufferBytes, SO_SNDBUF, SO_SNDBUFFORCE);
  raise(libc, fd, receiveBufferBytes, SO_RCVBUF, SO_RCVBUFFORCE);
}

/** Halves what it asks for until the kernel agrees. Linux caps the plain option at its sysctl and lets only CAP_NET_ADMIN force more. */
function raise(libc: Libc, fd: number, wanted: number, option: number, force: number): void {
  const current = libc.getsockopt(fd, SOL_SOCKET, option);
  for (let bytes = wanted; bytes > current; bytes /= 2) {
    if (libc.setsockopt(fd, SOL_SOCKET, force, bytes) === 0) return;
    if (libc.setsockopt(fd, SOL_SOCKET, option, bytes) === 0) return;
  }
}
