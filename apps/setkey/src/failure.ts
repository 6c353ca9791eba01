import { errnoOf, linux } from "@keysock/wire";
import { FileError, OutputError } from "./io.ts";
import { ConnectionError } from "./session.ts";

const faultsOfTheProgram = [TypeError, RangeError, ReferenceError, SyntaxError, EvalError];

/**
 * Whether an error is about the world and can be told: a fault of the program ends with a stack, and when the reader of
 * the output has gone there is nobody to tell.
 */
export function isExpected(error: unknown): error is Error {
  return (
    error instanceof Error &&
    !faultsOfTheProgram.some((fault) => error instanceof fault) &&
    !isBrokenPipe(error)
  );
}

/** Whoever read the output has gone. */
export const isBrokenPipe = (error: unknown): boolean => error instanceof OutputError && error.unread;

/** What the program says when it cannot go on. */
export function failureText(error: Error, compat: boolean): string {
  if (!compat) return `setkey: ${error.message}\n`;
  if (error instanceof FileError && error.during === "read") return "input in flex scanner failed\n";
  if (!(error instanceof ConnectionError)) return `setkey: ${error.message}\n`;
  const { cause } = error;
  const errno = cause instanceof Error && "errno" in cause ? Number(cause.errno) : undefined;
  return `pfkey_open: ${errno === undefined ? error.message : errnoOf(errno, linux).text}\n`;
}

/** The exit status for it. */
export const failureStatus = (error: Error, compat: boolean): number =>
  compat && error instanceof FileError && error.during === "read" ? 2 : 1;
