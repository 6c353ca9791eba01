import type { Dialect, KeySocket } from "@keysock/wire";
import { raiseBuffers } from "./buffer-size.ts";
import { type Libc, loadLibc } from "./libc.ts";
import { AF_UNIX, EAGAIN, EINTR, ENAMETOOLONG, ENOENT, SOCK_NONBLOCK, SOCK_STREAM } from "./linux.ts";
import { openSocket, PrivilegeError, saysNoPrivilege } from "./open.ts";
import { PeerGoneError, saysPeerGone } from "./peer-gone-error.ts";
import { SocketError } from "./socket-error.ts";
import { streamSocket } from "./stream.ts";

/** `struct sockaddr_un` of `<sys/un.h>`: family 0, path 2 with a NUL at its end. */
const addressSize = 110;
const pathOffset = 2;

/** How long to wait for a listener whose queue of connections is full. */
const connectTimeoutMs = 5000;
const connectPauseMs = 10;

/**
 * Connects to a key socket at a path: a Unix stream socket that carries whole PF_KEY messages back to back.
 *
 * @param dialect - what the other end speaks, its byte order included; nothing on the wire says it
 * @throws {@link PeerGoneError} where nobody listens
 * @throws {@link PrivilegeError} where the path's mode keeps the user out
 * @throws {@link SocketError} for another failure of a call
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openUnixSocket, PeerGoneError } from "@keysock/socket";
 * import { linux } from "@keysock/wire";
 *
 * assert.throws(() => openUnixSocket("/nowhere/key.sock", linux), PeerGoneError);
 * ```
 */
export function openUnixSocket(path: string, dialect: Dialect): KeySocket {
  const libc = loadLibc();
  const wanted = { kind: "Unix", ifUnsupported: "it needs CONFIG_UNIX" };
  const fd = openSocket(libc, [AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0], wanted, (fd) => {
    raiseBuffers(libc, fd);
    connect(libc, fd, path);
  });
  return {
    dialect,
    ...streamSocket(libc, fd, { what: `the key socket "${path}"`, byteOrder: dialect.byteOrder }),
  };
}

function connect(libc: Libc, fd: number, path: string): void {
  const failed = `cannot connect to "${path}"`;
  const address = pathAddress(path);
  if (address === undefined) throw new SocketError(failed, libc.describe(-ENAMETOOLONG));
  const deadline = performance.now() + connectTimeoutMs;
  for (;;) {
    const result = libc.connect(fd, address);
    if (result === 0) return;
    if (result === -EAGAIN && performance.now() < deadline) libc.poll(noDescriptor, 0, connectPauseMs);
    else if (result !== -EINTR) throw connectError(libc, result, failed);
  }
}

function connectError(libc: Libc, failure: number, failed: string): SocketError {
  const errno = libc.describe(failure);
  if (failure === -ENOENT || saysPeerGone(failure)) {
    return new PeerGoneError(failed, errno, "nobody listens there: start keysockd, or another");
  }
  if (saysNoPrivilege(failure)) {
    return new PrivilegeError(failed, errno, "run as root or as the one who listens");
  }
  return new SocketError(failed, errno);
}

/** poll(2) passes over it, and so only waits. */
const noDescriptor = -1;

/** The path as a socket address; undefined if it is empty, too long or has a NUL. */
function pathAddress(path: string): Uint8Array | undefined {
  const bytes = new TextEncoder().encode(path);
  if (bytes.length === 0 || bytes.includes(0) || pathOffset + bytes.length >= addressSize) return undefined;
  const address = new Uint8Array(addressSize);
  new Uint16Array(address.buffer, 0, 1)[0] = AF_UNIX;
  address.set(bytes, pathOffset);
  return address;
}
