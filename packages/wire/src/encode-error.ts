/** A message that cannot be written: a value does not fit its field, or the dialect has no number for a name. */
export class EncodeError extends Error {
  override readonly name: string = "EncodeError";
  /** The field, for example "sa.spi". */
  readonly field: string;

  constructor(field: string, found: unknown, expected: string) {
    super(`"${String(found)}" is no value for ${field}: expected ${expected}`);
    this.field = field;
  }
}
