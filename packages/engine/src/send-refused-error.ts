/** `send` itself failed: the message is not even a PF_KEY message, and no reply comes. */
export class SendRefusedError extends Error {
  override readonly name = "SendRefusedError";
  /** Linux's number of {@link SendRefusedError.code}. */
  readonly errno: number;
  readonly code: "EINVAL" | "EMSGSIZE";

  constructor(code: "EINVAL" | "EMSGSIZE", errno: number, found: string, expected: string) {
    super(`"${found}": ${expected} (${code})`);
    this.code = code;
    this.errno = errno;
  }
}
