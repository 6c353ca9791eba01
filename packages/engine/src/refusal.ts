/** Ends the handling of a request; the sender gets its header back with this errno. Never leaves the engine. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly errno: number;

  constructor(errno: number) {
    super(`errno ${errno}`);
    this.errno = errno;
  }
}
