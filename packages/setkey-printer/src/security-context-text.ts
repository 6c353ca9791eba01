import type { SecurityContextExtension } from "@keysock/wire";
import { printable } from "./printable.ts";

/** The four lines that a listing of SAs and one of policies have in common. */
export function securityContextText(extension: SecurityContextExtension | undefined): string {
  if (extension === undefined) return "";
  const { doi, algorithm, context } = extension;
  return (
    `\tsecurity context doi: ${doi}\n` +
    `\tsecurity context algorithm: ${algorithm}\n` +
    `\tsecurity context length: ${context.length}\n` +
    `\tsecurity context: ${printable(context)}\n`
  );
}
