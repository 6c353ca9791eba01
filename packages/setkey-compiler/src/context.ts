import type { Host } from "@keysock/host";
import type { Dialect } from "@keysock/wire";
import type { Supported } from "./supported.ts";

/** Whose rules hold: the 2002 manual page's, made safe, or those of ipsec-tools 0.8. */
export type Face = "default" | "ipsec-tools";

/** What a statement is compiled for. */
export interface CompileContext {
  host: Host;
  dialect: Dialect;
  face: Face;
  /** What the other end offers (`supportedFrom` its REGISTER reply). Without it keys are checked against Linux's table. */
  supported?: Supported;
  /** "rfc": what is said of `in` is said of `fwd` too (setkey's `-r`); "kernel": it is not (`-k`). */
  forward: "rfc" | "kernel";
  /** Whether host names stand for addresses. Unless given, only the ipsec-tools face looks them up. */
  resolveNames?: boolean;
}
