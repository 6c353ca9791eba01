import { closeSync, openSync, readSync, statSync } from "node:fs";
import { orFileError } from "./file-error.ts";
import { type SaveTarget, saveInPlace, saveWhole } from "./save-target.ts";

/** What a file is. */
export interface FileFacts {
  kind: "file" | "directory" | "other";
  /** Permission bits. */
  mode: number;
  /** User id. */
  owner: number;
}

/** The files that a command reads and writes. Text is latin1: one character a byte. */
export interface Files {
  /**
   * What a name stands for, links followed.
   *
   * @throws FileError
   */
  look(path: string): FileFacts;
  /**
   * Opens a file; gives its text as it is read.
   *
   * @throws FileError
   */
  open(path: string): Iterable<string>;
  /**
   * Opens a file for saving: `whole` is written beside its name and takes it over when it is complete, unless it is a device or a FIFO;
   * `in place` is emptied and written.
   *
   * @throws FileError
   */
  create(path: string, how: "whole" | "in place"): SaveTarget;
}

const chunkBytes = 65_536;

/** The files of this machine. */
export const realFiles: Files = {
  look(path) {
    const facts = orFileError(path, "stat", () => statSync(path));
    const kind = facts.isFile() ? "file" : facts.isDirectory() ? "directory" : "other";
    return { kind, mode: facts.mode & 0o7777, owner: facts.uid };
  },
  open: (path) =>
    readText(
      path,
      orFileError(path, "open", () => openSync(path, "r")),
    ),
  create: (path, how) => (how === "whole" ? saveWhole(path) : saveInPlace(path)),
};

function* readText(path: string, file: number): Iterable<string> {
  const buffer = Buffer.alloc(chunkBytes);
  try {
    for (;;) {
      const count = orFileError(path, "read", () => readSync(file, buffer));
      if (count === 0) return;
      yield buffer.toString("latin1", 0, count);
    }
  } finally {
    buffer.fill(0);
    closeSync(file);
  }
}
