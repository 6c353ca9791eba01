import { type IpseckeyCase, ipseckeyCases } from "@keysock/goldens";
import type { Decoded } from "@keysock/wire";
import { describe, expect, it } from "vitest";
import { saveFile } from "./save-file.ts";
import { dumps, recordedDialect } from "./testing/recorded.ts";
import { UnsavableError } from "./unsavable-error.ts";

/** The text of a save file as far as it was written, and at what saving stopped. */
function saved(sas: readonly Decoded[], { argv }: IpseckeyCase): { text: string; stopped?: string } {
  const paranoid = argv.some((word) => /^-[nv]*p/.test(word));
  const file = saveFile({ dialect: recordedDialect, compat: true, paranoid });
  let text = file.header;
  try {
    for (const decoded of sas) {
      const entry = file.entry(decoded);
      expect(entry.warnings).toEqual([]);
      text += entry.text;
    }
  } catch (error) {
    if (!(error instanceof UnsavableError)) throw error;
    return { text: text + error.written, stopped: error.what };
  }
  return { text: text + file.end().text };
}

/** The file of each save, `-` for standard output, in the order of the saves. */
function targets({ argv, stdin }: IpseckeyCase): string[] {
  const fromOption = argv.indexOf("-s");
  if (fromOption >= 0) return [argv[fromOption + 1]!];
  const command = argv.indexOf("save");
  const words = command >= 0 ? [argv.slice(command)] : stdin.split("\n").map((line) => line.split(" "));
  return words
    .filter(([verb, type]) => verb === "save" && type !== undefined)
    .map(([, , file = "-"]) => file);
}

describe("what ipseckey saved", () => {
  for (const recorded of ipseckeyCases()) {
    const files = targets(recorded);
    const found = dumps(recorded);
    // Many saves end before there is a dump: no socket, no file, no type.
    if (files.length === 0 || found.length === 0) continue;
    it(recorded.name, () => {
      expect(found.length).toBe(files.length);
      for (const [i, file] of files.entries()) {
        const { text, stopped } = saved(found[i]!, recorded);
        if (file === "-") expect(recorded.stdout.slice(0, text.length)).toBe(text);
        else expect(recorded.saved.get(file)?.content).toBe(text);
        expect(recorded.stderr.includes("ipseckey: Error: ")).toBe(stopped !== undefined);
        if (stopped !== undefined) expect(recorded.stderr).toBe(`ipseckey: Error: ${stopped}\n`);
      }
    });
  }
});
