import { randomUUID } from "node:crypto";
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  openSync,
  readlinkSync,
  renameSync,
  type Stats,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { FileError, orFileError } from "./file-error.ts";

/** A file that is being saved. */
export interface SaveTarget {
  /** The permission bits of the regular file that was there before. */
  readonly modeBefore: number | undefined;
  /** @throws FileError */
  write(text: string): void;
  /**
   * All has been written: the file is there.
   *
   * @throws FileError
   */
  keep(): void;
  /** It has not come to that: what was there before is there still, unless it is written in place. */
  drop(): void;
}

/** Keys are in it: nobody but its owner reads it, and nobody writes it. */
const newFileMode = 0o400;

/** Opens a file as the original does: what it held is gone at once. */
export function saveInPlace(path: string): SaveTarget {
  try {
    const file = orFileError(path, "open", () => openSync(path, "wx", newFileMode));
    return { ...writing(path, file), modeBefore: undefined };
  } catch (error) {
    if (!(error instanceof FileError && error.code === "EEXIST")) throw error;
  }
  const file = orFileError(path, "open", () => openSync(path, "w"));
  const facts = fstatSync(file);
  return { ...writing(path, file), modeBefore: facts.isFile() ? facts.mode & 0o777 : undefined };
}

/**
 * Opens a file beside the one that is meant, which takes its name when it is complete: whatever happens meanwhile, the name stands for a
 * whole file. A device or a FIFO has no such place beside it, and is written to.
 */
export function saveWhole(path: string): SaveTarget {
  const before = factsOf(path);
  if (before !== undefined && !before.isFile()) return saveInPlace(path);
  const target = targetOf(path);
  const beside = join(dirname(target), `.${basename(target)}.${randomUUID()}`);
  const file = orFileError(path, "open", () => openSync(beside, "wx", newFileMode));
  if (before !== undefined) takeOver(file, before);
  const open = writing(path, file);
  return {
    modeBefore: before && before.mode & 0o777,
    write: open.write,
    keep() {
      try {
        orFileError(path, "write", () => fsyncSync(file));
        open.keep();
        orFileError(path, "write", () => renameSync(beside, target));
        syncFolder(dirname(target));
      } catch (error) {
        unlinkSync(beside);
        throw error;
      }
    },
    drop() {
      open.drop();
      unlinkSync(beside);
    },
  };
}

function writing(path: string, file: number): Omit<SaveTarget, "modeBefore"> {
  return {
    write(text) {
      const bytes = Buffer.from(text, "latin1");
      try {
        for (let done = 0; done < bytes.length; ) {
          done += orFileError(path, "write", () => writeSync(file, bytes, done));
        }
      } finally {
        bytes.fill(0);
      }
    },
    keep: () => orFileError(path, "write", () => closeSync(file)),
    drop: () => closeSync(file),
  };
}

function factsOf(path: string): Stats | undefined {
  return orFileError(path, "open", () => statSync(path, { throwIfNoEntry: false }));
}

/** No more links than a kernel follows. */
const linkLimit = 40;

/** The file that a name leads to, which need not be there. */
function targetOf(path: string): string {
  let target = path;
  for (let links = 0; links < linkLimit; links++) {
    try {
      target = resolve(dirname(target), readlinkSync(target));
    } catch {
      return target;
    }
  }
  return target;
}

/** Mode and owner are those of the file before; only root may give a file away. */
function takeOver(file: number, before: Stats): void {
  try {
    fchownSync(file, before.uid, before.gid);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) throw error;
  }
  fchmodSync(file, before.mode & 0o7777);
}

/** The new name lasts when the machine stops now; not every file system can say so. */
function syncFolder(path: string): void {
  try {
    const folder = openSync(path, "r");
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch {
    // The file is complete under its name all the same.
  }
}
