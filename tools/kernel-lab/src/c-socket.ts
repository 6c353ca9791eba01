import koffi from "koffi";

/** `<sys/socket.h>`, `<poll.h>` and `<errno.h>` of Linux. */
const dontWait = 0x40;
const readable = 1;
const tryAgain = 11;
const closeOnExec = 0o2000000;

/** Longer than any packet. */
const room = 2 ** 16 + 256;

/** `struct sockaddr_storage`. */
const longestAddress = 128;

/** The kernel refused a call. */
export class SystemCallError extends Error {
  override readonly name = "SystemCallError";
  readonly errno: number;

  constructor(call: string, errno: number) {
    super(`${call}: errno ${errno}`);
    this.errno = errno;
  }
}

/** What came in, and from where. */
export interface Received {
  bytes: Uint8Array;
  /** A `sockaddr` of the socket's family. */
  from: Uint8Array;
}

/**
 * A socket of the C library, of the kinds that Node has none of: packets of an interface, raw IP, UDP encapsulation. It belongs to
 * the network that is entered when it is made. Addresses are `sockaddr` structures in bytes. Only for tests.
 *
 * @throws SystemCallError
 */
export class CSocket {
  readonly #file: number;
  readonly #library = cLibrary();
  readonly #incoming = new Uint8Array(room);

  constructor(domain: number, type: number, protocol: number) {
    this.#file = checked("socket", this.#library.socket(domain, type | closeOnExec, protocol));
  }

  bind(address: Uint8Array): void {
    checked("bind", this.#library.bind(this.#file, address, address.length));
  }

  /** Sets an option; a number is an `int`. */
  set(level: number, option: number, value: number | Uint8Array): void {
    const bytes = typeof value === "number" ? Int32Array.of(value) : value;
    checked("setsockopt", this.#library.setsockopt(this.#file, level, option, bytes, bytes.byteLength));
  }

  /** @param to - if the socket has no peer */
  send(bytes: Uint8Array, to?: Uint8Array): void {
    checked("sendto", this.#library.sendto(this.#file, bytes, bytes.length, 0, to ?? null, to?.length ?? 0));
  }

  /** The next packet; undefined: none came in that many milliseconds. */
  receive(timeoutMs: number): Received | undefined {
    // struct pollfd: int fd, short events, short revents
    const entry = Int16Array.of(0, 0, readable, 0);
    new Int32Array(entry.buffer)[0] = this.#file;
    if (checked("poll", this.#library.poll(entry, 1, timeoutMs)) === 0) return undefined;
    const from = new Uint8Array(longestAddress);
    const sizes = Uint32Array.of(from.length);
    const length = this.#library.recvfrom(this.#file, this.#incoming, room, dontWait, from, sizes);
    if (length < 0 && koffi.errno() === tryAgain) return undefined;
    return { bytes: this.#incoming.slice(0, checked("recvfrom", length)), from };
  }

  close(): void {
    this.#library.close(this.#file);
  }
}

function cLibrary() {
  const library = koffi.load("libc.so.6");
  return {
    socket: library.func("int socket(int, int, int)"),
    bind: library.func("int bind(int, void *, uint32_t)"),
    setsockopt: library.func("int setsockopt(int, int, int, void *, uint32_t)"),
    sendto: library.func("intptr_t sendto(int, void *, size_t, int, void *, uint32_t)"),
    recvfrom: library.func("intptr_t recvfrom(int, void *, size_t, int, void *, void *)"),
    poll: library.func("int poll(void *, unsigned long, int)"),
    close: library.func("int close(int)"),
  };
}

function checked(call: string, result: number): number {
  if (result < 0) throw new SystemCallError(call, koffi.errno());
  return result;
}
