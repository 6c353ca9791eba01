/** Something that keysock means to have and does not have yet. */
export class NotBuiltInError extends Error {
  override readonly name = "NotBuiltInError";

  /** Its name on the command line. */
  readonly what: string;

  constructor(what: string, instead: string, cause?: unknown) {
    super(`"${what}" is not built in yet: ${instead}`, { cause });
    this.what = what;
  }
}
