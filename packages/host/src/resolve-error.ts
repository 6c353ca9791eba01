/** Why a name has no addresses: the names of `<netdb.h>`. */
export type ResolveCode =
  | "EAI_BADFLAGS"
  | "EAI_NONAME"
  | "EAI_AGAIN"
  | "EAI_FAIL"
  | "EAI_NODATA"
  | "EAI_FAMILY"
  | "EAI_SOCKTYPE"
  | "EAI_SERVICE"
  | "EAI_ADDRFAMILY"
  | "EAI_MEMORY"
  | "EAI_SYSTEM"
  | "EAI_OVERFLOW"
  | `EAI_${number}`;

/**
 * A name, an address or a service that does not resolve.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ResolveError, tableHost } from "@keysock/host";
 *
 * assert.throws(
 *   () => tableHost().resolve("nowhere.example"),
 *   (error) => error instanceof ResolveError && error.code === "EAI_NONAME",
 * );
 * ```
 */
export class ResolveError extends Error {
  override readonly name = "ResolveError";
  /** What was asked for. */
  readonly host: string;
  readonly code: ResolveCode;
  /** The C library's text for the code, for example `Name or service not known`. */
  readonly text: string;

  constructor(host: string, code: ResolveCode, text: string, service?: string) {
    const what = service === undefined ? `"${host}"` : `"${host}" with service "${service}"`;
    super(`${what} does not resolve: ${text} (${code})`);
    this.host = host;
    this.code = code;
    this.text = text;
  }
}
