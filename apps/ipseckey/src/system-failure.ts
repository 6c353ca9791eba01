import { NoReplyError, RefusedError } from "@keysock/session";
import { type Dialect, errnoOf } from "@keysock/wire";

/** What failed. */
export type FailureKind =
  /** The other end refused what it was asked. */
  | "refusal"
  /** The socket does not take the message. */
  | "write"
  /** The socket is broken, or somebody else's answer came. */
  | "read"
  /** No answer came in time. */
  | "timeout"
  /** An SA cannot be saved. */
  | "save"
  /** Files load each other. */
  | "load";

/** A command that failed beyond its own words. */
export class SystemFailure extends Error {
  override readonly name = "SystemFailure";
  readonly kind: FailureKind;
  /** Lines for standard error. */
  readonly text: string;

  constructor(kind: FailureKind, text: string, cause?: unknown) {
    super(text.trim(), { cause });
    this.kind = kind;
    this.text = text;
  }
}

/** What the original calls the places where it talks to its socket, and how it says that it cannot write there. */
const places = {
  doaddresses: "write() to PF_KEY socket",
  doflush: "write() to PF_KEY socket failed",
  dodump: "write to PF_KEY socket failed",
  dosave: "write to PF_KEY socket failed",
  domonitor: "write to PF_KEY socket failed",
} as const;

export type Place = keyof typeof places;

/**
 * What became of a request, as a failure of the place where it was made.
 *
 * @param refused - what is said of an errno
 * @returns undefined if the error is a program's
 */
export function systemFailure(
  error: unknown,
  place: Place,
  dialect: Dialect,
  refused: (error: RefusedError) => string,
): SystemFailure | undefined {
  if (error instanceof SystemFailure) return error;
  if (error instanceof NoReplyError) {
    const what = error.missing === undefined ? "Reply message from PF_KEY timed out." : error.message;
    return new SystemFailure("timeout", `ipseckey: ${what}\n`, error);
  }
  if (error instanceof RefusedError) {
    if (error.reply !== undefined) return new SystemFailure("refusal", refused(error), error);
    const text = errnoText(error.cause, dialect);
    return new SystemFailure("write", `ipseckey: ${places[place]} (in ${place}): ${text}\n`, error);
  }
  if (!(error instanceof Error && ("errno" in error || isFrameError(error)))) return undefined;
  return new SystemFailure("read", `ipseckey: read (in ${place}): ${errnoText(error, dialect)}\n`, error);
}

/** The one error of a key socket's other end that has no errno: what came over a Unix socket is no message. */
const isFrameError = ({ name }: Error): boolean => name === "FrameError";

/** The words of the machine's C library where the error has them, else those of the dialect's. */
function errnoText(error: unknown, dialect: Dialect): string {
  if (!(error instanceof Error)) return "";
  if ("text" in error && typeof error.text === "string") return error.text;
  return "errno" in error ? errnoOf(Number(error.errno), dialect).text : error.message;
}
