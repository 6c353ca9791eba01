import type { Printed } from "@keysock/ipseckey-printer";
import type { Program } from "./program.ts";

/** Prints a message; what is odd about it goes to standard error. */
export function print({ io }: Pick<Program, "io">, { text, warnings }: Printed): void {
  io.out(text);
  for (const warning of warnings) io.err(warning);
}
