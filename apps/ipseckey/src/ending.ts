/** The program ends here, and everything has been said. */
export class Ending extends Error {
  override readonly name = "Ending";
  readonly status: number;

  constructor(status: number) {
    super(`exit status ${status}`);
    this.status = status;
  }
}
