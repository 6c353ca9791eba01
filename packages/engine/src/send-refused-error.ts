/**
 * `send` itself failed, as on Linux: the message is not even a PF_KEY message, and no reply comes. illumos answers such
 * messages.
 */
export class SendRefusedError extends Error {
  override readonly name = "SendRefusedError";
  /** Linux's number of {@link SendRefusedError.code}. */
  readonly errno: number;
  readonly code: "EINVAL" | "EMSGSIZE";
  /** How many messages of the same `send` were taken before the refused one; those after it were not looked at. */
  sent = 0;

  constructor(code: "EINVAL" | "EMSGSIZE", errno: number, found: string, expected: string) {
    super(`"${found}": ${expected} (${code})`);
    this.code = code;
    this.errno = errno;
  }
}
