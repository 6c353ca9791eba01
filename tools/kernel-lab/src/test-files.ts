import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const projectFolder = fileURLToPath(new URL("../../../", import.meta.url));

/** A test file: one that runs in a guest, or one that runs here and drives guests. */
export interface TestFile {
  /** `faults` for `packages/session/src/faults.kernel.test.ts`. */
  name: string;
  path: string;
  inGuest: boolean;
}

/** All tests that need the lab. */
export function testFiles(): TestFile[] {
  return ["packages", "apps", "tools"]
    .flatMap((kind) => subfolders(join(projectFolder, kind)).map((folder) => join(folder, "src")))
    .flatMap((folder) => filesIn(folder).flatMap(testFile));
}

function testFile(path: string): TestFile[] {
  const [, name, kind] = /([^/]+)\.(kernel|lab)\.test\.ts$/.exec(path) ?? [];
  return name === undefined ? [] : [{ name, path, inGuest: kind === "kernel" }];
}

const subfolders = (folder: string): string[] => readdirSync(folder).map((name) => join(folder, name));

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name));
