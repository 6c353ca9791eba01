import { FileError } from "./file-error.ts";
import { SystemFailure } from "./system-failure.ts";
import { ConnectionError } from "./talk.ts";

/** What is said of an error that ends the program; undefined where it is a fault of the program, or nobody is there to tell. */
export function failureText(error: unknown): string | undefined {
  if (error instanceof SystemFailure) return error.text;
  if (error instanceof FileError || error instanceof ConnectionError) return `ipseckey: ${error.message}\n`;
  return undefined;
}
