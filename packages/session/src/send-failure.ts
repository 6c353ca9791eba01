/** A message that the socket would not take. */
export interface SendFailure {
  readonly errno: number;
  /** How many messages of the same send it took before. */
  readonly sent: number;
  readonly cause: Error;
}

/** After these nothing can be sent any more, so they are no message's fault. */
const connectionEnds: ReadonlySet<unknown> = new Set([
  "EPIPE",
  "ECONNRESET",
  "ECONNREFUSED",
  "ENOTCONN",
  "ETIMEDOUT",
  "EBADF",
]);

/**
 * What a socket's error says of a message: the error has an `errno`, and in `sent` how many messages went before it, none
 * unless it says so. Undefined for an error of the socket itself.
 */
export function sendFailure(error: unknown): SendFailure | undefined {
  if (!(error instanceof Error && "errno" in error && typeof error.errno === "number")) return undefined;
  if ("code" in error && connectionEnds.has(error.code)) return undefined;
  const sent = "sent" in error && typeof error.sent === "number" ? error.sent : 0;
  return { errno: error.errno, sent, cause: error };
}
