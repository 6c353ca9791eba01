import { ending } from "./exit-class.ts";
import type { FileFacts } from "./files.ts";
import type { Program } from "./program.ts";

/** A file of commands. */
export interface Input {
  path: string;
  chunks: Iterable<string>;
}

/**
 * Opens a file of commands.
 *
 * @throws FileError
 * @throws Ending where a service is told to read a file that others can read or write
 */
export function openInput(program: Program, path: string): Input {
  const { files } = program.io;
  const chunks = files.open(path);
  const facts = files.look(path);
  if (facts.kind === "file") checkPermissions(program, path, facts);
  return { path, chunks };
}

/** Warns of a file that others than root can read or write; the method of a service ends at it. */
export function checkPermissions(program: Program, path: string, { mode, owner }: FileFacts): void {
  if (owner === 0 && (mode & 0o077) === 0) return;
  const insecure = `Config file ${path} has insecure permissions`;
  if (program.service !== undefined) {
    throw ending(program, "fatal", `${insecure}.${program.options.compat ? "\n" : ""}`);
  }
  program.io.err(`${insecure}, will be rejected in permanent config.\n`);
}
