import { type Dialect, illumos, linux } from "@keysock/wire";

/** The text names no dialect. */
export class UnknownDialectError extends Error {
  override readonly name = "UnknownDialectError";
  readonly dialect: string;

  constructor(dialect: string) {
    super(`"${dialect}" is no dialect: expected linux or illumos`);
    this.dialect = dialect;
  }
}

/** A dialect was asked for that is not the kernel's own. */
export class WrongDialectError extends Error {
  override readonly name = "WrongDialectError";
  readonly dialect: string;

  constructor(dialect: string, spoken: string) {
    super(`"${dialect}" is not the dialect of this kernel: it speaks ${spoken}`);
    this.dialect = dialect;
  }
}

/** The dialect of that name, in the machine's byte order. */
export function dialectNamed(name: string): Dialect {
  switch (name) {
    case "linux":
      return linux;
    case "illumos":
      return illumos;
  }
  throw new UnknownDialectError(name);
}
