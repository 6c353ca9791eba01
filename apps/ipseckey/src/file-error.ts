import { errnoOf, linux } from "@keysock/wire";

/** A file that cannot be looked at, opened, read or written. */
export class FileError extends Error {
  override readonly name = "FileError";
  readonly path: string;
  /** Which call failed. */
  readonly during: "stat" | "open" | "read" | "write";
  /** The C library's words. */
  readonly text: string;
  readonly code: string | undefined;

  constructor(path: string, during: FileError["during"], cause: NodeJS.ErrnoException) {
    const text = errnoOf(-(cause.errno ?? 0), linux).text;
    super(`Can't ${during} "${path}": ${text}`, { cause });
    this.path = path;
    this.during = during;
    this.text = text;
    this.code = cause.code;
  }
}

/** Makes a failed system call a {@link FileError}. */
export function orFileError<T>(path: string, during: FileError["during"], call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof Error && "errno" in error)) throw error;
    throw new FileError(path, during, error as NodeJS.ErrnoException);
  }
}
