/** Ends the handling of a request; the sender gets its header back with this errno. Never leaves the engine. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly errno: number;
  /** illumos says more of it, in the header's reserved field. */
  readonly diagnostic: number;

  constructor(errno: number, diagnostic = 0) {
    super(`errno ${errno}, diagnostic ${diagnostic}`);
    this.errno = errno;
    this.diagnostic = diagnostic;
  }
}
