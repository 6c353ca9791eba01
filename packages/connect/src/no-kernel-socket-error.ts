import type { UnsupportedError } from "@keysock/socket";

/** `auto` found no key socket of this kernel's. The errno is that of PF_KEY. */
export class NoKernelSocketError extends AggregateError {
  override readonly name = "NoKernelSocketError";
  readonly errno: number;
  /** For example `EAFNOSUPPORT`. */
  readonly code: string;

  constructor(noPfKey: UnsupportedError, noXfrm: UnsupportedError) {
    super(
      [noPfKey, noXfrm],
      "this kernel has neither PF_KEY nor XFRM: to try a command without a kernel, use --via=engine",
      { cause: noPfKey },
    );
    this.errno = noPfKey.errno;
    this.code = noPfKey.code;
  }
}
