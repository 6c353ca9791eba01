/** An SA at which saving stops, as it does in the original. */
export class UnsavableError extends Error {
  override readonly name = "UnsavableError";
  /** What the original calls it: `save_address` or `Replay Value`. */
  readonly what: string;
  /** Private, so that it is not shown with the error: it may hold keys. */
  readonly #written: string;

  constructor(what: string, message: string, written: string) {
    super(message);
    this.what = what;
    this.#written = written;
  }

  /** The lines of the SA up to there, which the original has written by then. */
  get written(): string {
    return this.#written;
  }
}
