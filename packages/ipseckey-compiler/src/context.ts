import type { Host } from "@keysock/host";
import type { Dialect } from "@keysock/wire";

/** Whose rules hold: the Solaris manual page's, made safe, or those of today's illumos. */
export type Face = "default" | "illumos";

/** What a command is compiled for. */
export interface CompileContext {
  /** Asked for the addresses of names. */
  host: Pick<Host, "resolve">;
  dialect: Dialect;
  face: Face;
  /** `-n`: addresses in figures only. */
  numericOnly?: boolean;
  /** Of a Linux: whether its other end takes combined-mode algorithms such as aes-gcm. XFRM does, PF_KEY does not. */
  combinedModes?: boolean;
}
