import { saveFile, UnsavableError } from "@keysock/savefile";
import type { Command } from "@keysock/wire";
import { runDump } from "./dump.ts";
import type { FileError } from "./file-error.ts";
import type { Program } from "./program.ts";
import type { SaveTarget } from "./save-target.ts";
import { SystemFailure } from "./system-failure.ts";
import type { Talk } from "./talk.ts";

/** Permissions with which nobody but its owner reads a file, and nobody writes it. */
const safeMode = 0o400;

/**
 * Opens what is saved to.
 *
 * @param path - none, or `-`, is standard output
 * @throws FileError
 */
export function openSave(program: Program, path: string | undefined): SaveTarget {
  const { io, options } = program;
  if (path === undefined || path === "-") {
    return { modeBefore: undefined, write: io.out, keep() {}, drop() {} };
  }
  const target = io.files.create(path, options.compat ? "in place" : "whole");
  const { modeBefore } = target;
  if (modeBefore !== undefined && modeBefore !== safeMode) {
    io.err(`ipseckey: WARNING: Save file already exists with permission ${modeBefore.toString(8)}.\n`);
    io.err("ipseckey: Normal users may be able to read IPsec keying material.\n");
  }
  return target;
}

/**
 * Saves what a dump gives. Signals wait until it is done.
 *
 * @throws SystemFailure, FileError: then the target is as it was, unless it is written in place
 */
export function save(program: Program, talk: Talk, command: Command, target: SaveTarget): Promise<void> {
  const { io, options } = program;
  const { compat, paranoid } = options;
  const session = talk.session();
  const file = saveFile({ dialect: session.dialect, compat, paranoid });
  const losses: string[] = [];

  return io.uninterrupted(() => {
    try {
      target.write(file.header);
      runDump(program, talk, command, "dosave", (reply) => {
        const { text, warnings } = file.entry(reply);
        target.write(text);
        losses.push(...warnings);
      });
      const { text, warnings } = file.end();
      target.write(text);
      losses.push(...warnings);
    } catch (error) {
      if (error instanceof UnsavableError && compat) {
        target.write(error.written);
        target.keep();
        throw new SystemFailure("save", `ipseckey: Error: ${error.what}\n`, error);
      }
      target.drop();
      if (error instanceof UnsavableError)
        throw new SystemFailure("save", `ipseckey: ${error.message}\n`, error);
      throw error;
    }
    target.keep();
    for (const loss of losses) io.err(`ipseckey: WARNING: ${loss}\n`);
  });
}

/** Why a file cannot be saved to, in the original's words. */
export function saveErrorText({ path, during, text }: FileError): string {
  return `${path} ${during} error: ${text}\n`;
}
