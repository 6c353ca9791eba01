import { type HeaderVector, headerVectors } from "./header-vector.ts";
import { loadKoffi } from "./koffi.ts";
import {
  SK_MEMINFO_RCVBUF,
  SK_MEMINFO_RMEM_ALLOC,
  SK_MEMINFO_VARS,
  SO_MEMINFO,
  SOL_SOCKET,
} from "./linux.ts";

/** An errno of this machine with its name and text, for example 97, `EAFNOSUPPORT`, `Address family not supported by protocol`. */
export interface Errno {
  errno: number;
  code: string;
  text: string;
}

/** How full a socket's receive queue in the kernel is, in bytes as the kernel counts them: more than messages have. */
export interface ReceiveQueue {
  used: number;
  /** Once more than this is used, what comes is lost. */
  limit: number;
}

/**
 * The socket calls of the C library, each behind a function that passes the sizes of its own buffers. A result under 0
 * is an errno with its sign turned, read before anything else can change it.
 */
export interface Libc {
  socket(domain: number, type: number, protocol: number): number;
  close(fd: number): number;
  bind(fd: number, address: Uint8Array): number;
  connect(fd: number, address: Uint8Array): number;
  /** Fills `address` with the socket's own. */
  getsockname(fd: number, address: Uint8Array): number;
  /** Sets an option whose value is an `int`. */
  setsockopt(fd: number, level: number, option: number, value: number): number;
  /** The value of an option that is an `int` of 0 or more. */
  getsockopt(fd: number, level: number, option: number): number;
  /** Undefined where the kernel does not tell (before Linux 4.12). */
  receiveQueue(fd: number): ReceiveQueue | undefined;
  /** The events that are ready, 0 for none in time. */
  poll(fd: number, events: number, timeoutMs: number): number;
  send(fd: number, bytes: Uint8Array, flags: number): number;
  recv(fd: number, into: Uint8Array, flags: number): number;
  /** Sends the first `count` messages of a vector; how many went out. */
  sendmmsg(fd: number, vector: HeaderVector, count: number, flags: number): number;
  /** Receives as many messages as there are, up to the vector's size; how many came. */
  recvmmsg(fd: number, vector: HeaderVector, flags: number): number;
  headerVector(size: number, nameSize: number): HeaderVector;
  describe(failure: number): Errno;
}

/** Names in `<errno.h>` for a number that has another name. */
const secondNames = ["EDEADLOCK", "ENOTSUP", "EWOULDBLOCK"];

/** Loads koffi and binds the calls in the running program's own C library. */
export function loadLibc(): Libc {
  const koffi = loadKoffi();
  const library = koffi.load(null);
  const socket = library.func("int socket(int domain, int type, int protocol)");
  const close = library.func("int close(int fd)");
  const bind = library.func("int bind(int fd, void *address, uint32_t length)");
  const connect = library.func("int connect(int fd, void *address, uint32_t length)");
  const getsockname = library.func("int getsockname(int fd, void *address, void *length)");
  const setsockopt = library.func(
    "int setsockopt(int fd, int level, int option, void *value, uint32_t length)",
  );
  const getsockopt = library.func("int getsockopt(int fd, int level, int option, void *value, void *length)");
  const poll = library.func("int poll(void *entries, unsigned long count, int timeout)");
  const send = library.func("intptr_t send(int fd, void *bytes, size_t length, int flags)");
  const recv = library.func("intptr_t recv(int fd, void *bytes, size_t length, int flags)");
  const sendmmsg = library.func("int sendmmsg(int fd, void *headers, unsigned int count, int flags)");
  const recvmmsg = library.func(
    "int recvmmsg(int fd, void *headers, unsigned int count, int flags, void *timeout)",
  );
  const strerror = library.func("str strerror(int errno)");

  const meminfo = new Uint32Array(SK_MEMINFO_VARS);
  const meminfoSize = Uint32Array.of(meminfo.byteLength);

  const orErrno = (result: number): number => (result < 0 ? -koffi.errno() : result);
  const names = Object.entries(koffi.os.errno).filter(([code]) => !secondNames.includes(code));
  const codes = new Map(names.map(([code, errno]) => [errno, code]));

  return {
    socket: (domain, type, protocol) => orErrno(socket(domain, type, protocol)),
    close: (fd) => orErrno(close(fd)),
    bind: (fd, address) => orErrno(bind(fd, address, address.length)),
    connect: (fd, address) => orErrno(connect(fd, address, address.length)),
    getsockname: (fd, address) => orErrno(getsockname(fd, address, Uint32Array.of(address.length))),
    setsockopt(fd, level, option, value) {
      const bytes = Int32Array.of(value);
      return orErrno(setsockopt(fd, level, option, bytes, bytes.byteLength));
    },
    getsockopt(fd, level, option) {
      const value = Int32Array.of(0);
      const result = orErrno(getsockopt(fd, level, option, value, Uint32Array.of(value.byteLength)));
      return result < 0 ? result : value[0]!;
    },
    receiveQueue(fd) {
      if (getsockopt(fd, SOL_SOCKET, SO_MEMINFO, meminfo, meminfoSize) < 0) return undefined;
      return { used: meminfo[SK_MEMINFO_RMEM_ALLOC]!, limit: meminfo[SK_MEMINFO_RCVBUF]! };
    },
    poll(fd, events, timeoutMs) {
      // struct pollfd: int fd, short events, short revents
      const entry = new Int16Array(4);
      new Int32Array(entry.buffer)[0] = fd;
      entry[2] = events;
      const result = orErrno(poll(entry, 1, timeoutMs));
      return result > 0 ? entry[3]! : result;
    },
    send: (fd, bytes, flags) => orErrno(send(fd, bytes, bytes.length, flags)),
    recv: (fd, into, flags) => orErrno(recv(fd, into, into.length, flags)),
    sendmmsg: (fd, vector, count, flags) =>
      orErrno(sendmmsg(fd, vector.headers, Math.min(count, vector.size), flags)),
    recvmmsg: (fd, vector, flags) => orErrno(recvmmsg(fd, vector.headers, vector.size, flags, null)),
    headerVector: headerVectors(koffi),
    describe(failure) {
      const errno = -failure;
      return { errno, code: codes.get(errno) ?? `errno ${errno}`, text: strerror(errno) };
    },
  };
}
