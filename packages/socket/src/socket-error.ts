import type { Errno } from "./libc.ts";

/**
 * A socket call that failed. All errors but {@link ClosedError}, {@link FrameError} and {@link TruncatedError} are of
 * this class, which by itself stands for what has no class of its own, such as too many open files.
 */
export class SocketError extends Error {
  override readonly name: string = "SocketError";
  /** The machine's number, for example 97. */
  readonly errno: number;
  /** Its name, for example `EAFNOSUPPORT`. */
  readonly code: string;
  /** The C library's text, for example `Address family not supported by protocol`. */
  readonly text: string;

  constructor(what: string, { errno, code, text }: Errno, advice?: string) {
    super(`${what}: ${text} (${code})${advice === undefined ? "" : `; ${advice}`}`);
    this.errno = errno;
    this.code = code;
    this.text = text;
  }
}
