import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { FileError } from "./file-error.ts";
import { realFiles } from "./files.ts";

const root = mkdtempSync(join(tmpdir(), "ipseckey-files-"));
afterAll(() => rmSync(root, { recursive: true }));

let folder = "";
let count = 0;
const path = (name: string) => join(folder, name);
const shown = (name: string) => ({
  content: readFileSync(path(name), "latin1"),
  mode: statSync(path(name)).mode & 0o777,
});

beforeEach(() => {
  count += 1;
  folder = join(root, `${count}`);
  mkdirSync(folder);
});

describe("a file that is saved whole", () => {
  it("is there when it is complete, for its owner alone", () => {
    const target = realFiles.create(path("keys"), "whole");
    target.write("one\n");
    target.write("tw\u00f6\n");
    expect(readdirSync(folder)).not.toContain("keys");
    target.keep();
    expect([target.modeBefore, shown("keys"), readdirSync(folder)]).toEqual([
      undefined,
      { content: "one\ntw\u00f6\n", mode: 0o400 },
      ["keys"],
    ]);
  });

  it("keeps the mode of the one that was there", () => {
    writeFileSync(path("keys"), "old", { mode: 0o640 });
    const target = realFiles.create(path("keys"), "whole");
    target.write("new");
    expect([target.modeBefore, shown("keys")]).toEqual([0o640, { content: "old", mode: 0o640 }]);
    target.keep();
    expect(shown("keys")).toEqual({ content: "new", mode: 0o640 });
  });

  it("leaves what was there when it is given up", () => {
    writeFileSync(path("keys"), "old", { mode: 0o400 });
    const target = realFiles.create(path("keys"), "whole");
    target.write("new");
    target.drop();
    expect([shown("keys"), readdirSync(folder)]).toEqual([{ content: "old", mode: 0o400 }, ["keys"]]);
  });

  it("is the one that a link leads to, there or not", () => {
    mkdirSync(path("real"));
    symlinkSync("real/keys", path("link"));
    for (const text of ["first", "second"]) {
      const target = realFiles.create(path("link"), "whole");
      target.write(text);
      target.keep();
      expect([readlinkSync(path("link")), shown("real/keys")]).toEqual([
        "real/keys",
        { content: text, mode: 0o400 },
      ]);
    }
  });

  it("is a device, which is written to", () => {
    const target = realFiles.create("/dev/null", "whole");
    target.write("x");
    target.keep();
    expect([target.modeBefore, realFiles.look("/dev/null").kind]).toEqual([undefined, "other"]);
  });

  it("says when the disk is full", () => {
    const target = realFiles.create("/dev/full", "whole");
    expect(() => target.write("x")).toThrow(`Can't write "/dev/full": No space left on device`);
    target.drop();
  });
});

describe("a file that is saved in place", () => {
  it("is emptied at once", () => {
    writeFileSync(path("keys"), "old", { mode: 0o600 });
    const target = realFiles.create(path("keys"), "in place");
    expect([target.modeBefore, shown("keys")]).toEqual([0o600, { content: "", mode: 0o600 }]);
    target.write("new");
    target.keep();
    expect(shown("keys")).toEqual({ content: "new", mode: 0o600 });
  });

  it("is made for its owner alone", () => {
    realFiles.create(path("keys"), "in place").keep();
    expect(shown("keys")).toEqual({ content: "", mode: 0o400 });
  });
});

describe("errors", () => {
  it.each<[name: string, call: () => unknown, during: string, text: string]>([
    ["a missing file", () => realFiles.open(path("none")), "open", "No such file or directory"],
    ["a missing file", () => realFiles.look(path("none")), "stat", "No such file or directory"],
    ["a folder", () => [...realFiles.open(folder)], "read", "Is a directory"],
    ["a folder", () => realFiles.create(folder, "whole"), "open", "Is a directory"],
    [
      "a missing folder",
      () => realFiles.create(path("no/keys"), "whole"),
      "open",
      "No such file or directory",
    ],
    [
      "a missing folder",
      () => realFiles.create(path("no/keys"), "in place"),
      "open",
      "No such file or directory",
    ],
  ])("%s: %s", (_, call, during, text) => {
    let caught: unknown;
    try {
      call();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(FileError);
    expect(caught).toMatchObject({ during, text });
  });
});

it("gives a long file in pieces, byte for byte", () => {
  const bytes = Uint8Array.from({ length: 200_000 }, (_, i) => i);
  writeFileSync(path("long"), bytes);
  expect(Buffer.from([...realFiles.open(path("long"))].join(""), "latin1").equals(bytes)).toBe(true);
});
