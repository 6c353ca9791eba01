import type { Session } from "@keysock/session";
import { type Dialect, linux, linuxXfrm } from "@keysock/wire";
import type { Program } from "./program.ts";

/** The way to a key socket that the options or the environment name. */
export const viaOf = ({ options, io }: Program): string =>
  options.via ?? io.environment["KEYSOCK_VIA"] ?? "auto";

/** What statements are compiled for: what the other end speaks, or would speak if there were one. */
export function dialectOf(program: Program, session: Session | undefined): Dialect {
  return session?.dialect ?? (viaOf(program) === "xfrm" ? linuxXfrm : linux);
}
