import { FileError } from "../file-error.ts";
import type { Files } from "../files.ts";
import type { SaveTarget } from "../save-target.ts";

/** A file in memory. Text is latin1. */
export interface TestFile {
  content: string;
  mode: number;
}

const errnos: Readonly<Record<string, number>> = { ENOENT: -2, EEXIST: -17, EISDIR: -21, ENOSPC: -28 };

const fileError = (path: string, during: FileError["during"], code: string): FileError =>
  new FileError(path, during, { name: "", message: "", code, errno: errnos[code]! });

/** Files of root in memory; `.` is a folder, `/dev/null` a device, `full` never has room, and there are no other folders. */
export function testFiles(files: Map<string, TestFile>): Files {
  return {
    look(path) {
      if (path === ".") return { kind: "directory", mode: 0o755, owner: 0 };
      if (path === "/dev/null") return { kind: "other", mode: 0o666, owner: 0 };
      return { kind: "file", mode: found(path, "stat").mode, owner: 0 };
    },
    open: (path) => [found(path, "open").content],
    create(path, how): SaveTarget {
      if (path === ".") throw fileError(path, "open", "EISDIR");
      if (path.includes("/") && !path.startsWith("/tmp/")) throw fileError(path, "open", "ENOENT");
      const before = files.get(path);
      const file: TestFile = { content: "", mode: before?.mode ?? 0o400 };
      if (how === "in place") files.set(path, file);
      return {
        modeBefore: before?.mode,
        write(text) {
          if (path === "full") throw fileError(path, "write", "ENOSPC");
          file.content += text;
        },
        keep: () => void files.set(path, file),
        drop() {},
      };
    },
  };

  function found(path: string, during: FileError["during"]): TestFile {
    const file = files.get(path);
    if (file === undefined) throw fileError(path, during, "ENOENT");
    return file;
  }
}
