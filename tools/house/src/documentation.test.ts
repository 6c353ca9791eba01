import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { transformSync } from "esbuild";
import { describe, expect, it } from "vitest";
import { programs, publicExports } from "./exports.ts";
import { homes, root, sources } from "./sources.ts";

const packages = homes("packages");
const all = packages.flatMap(sources);

describe.each(packages)("%s", (home) => {
  const shown = publicExports(home, all);

  it("says of each public export what it is", () => {
    expect(shown.filter((one) => (one.doc ?? "") === "").map((one) => `${one.place} ${one.name}`)).toEqual(
      [],
    );
  });

  it("shows each public function at work", () => {
    const silent = shown.filter((one) => one.isFunction && programs(one.doc ?? "").length === 0);
    expect(silent.map((one) => `${one.place} ${one.name}`)).toEqual([]);
  });

  it("has a README that installs all that its programs import", () => {
    const readme = readFileSync(`${root}${home}/README.md`, "utf8");
    const installed = /^npm install (.*)$/m.exec(readme)?.[1]?.split(" ") ?? [];
    const imported = programs(readme).flatMap((text) => text.match(/(?<=from ")@keysock\/[a-z0-9-]+/g) ?? []);
    expect(imported.filter((name) => !installed.includes(name))).toEqual([]);
  });

  it("has a README whose programs run, and examples that run", { timeout: 120_000 }, () => {
    const readme = programs(readFileSync(`${root}${home}/README.md`, "utf8"));
    expect(readme.length).toBeGreaterThan(0);
    const examples = shown.flatMap((one) =>
      programs(one.doc ?? "").map((text, i) => ({ place: `${one.place} ${one.name} ${i}`, text })),
    );
    const all = [...readme.map((text, i) => ({ place: `${home}/README.md ${i}`, text })), ...examples];
    expect(failures(home, all)).toEqual([]);
  });
});

/** Runs the programs inside their package, in one process, against what was built; gives those that fail. */
function failures(home: string, examples: readonly { place: string; text: string }[]): string[] {
  const folder = `${root}${home}/.examples/`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  try {
    const files = examples.map(({ place, text }, i) => {
      const file = `${folder}${i}.mjs`;
      writeFileSync(file, transformSync(text, { loader: "ts", format: "esm" }).code);
      return { place, file };
    });
    const runner = `${folder}run.mjs`;
    writeFileSync(
      runner,
      `import { writeFileSync } from "node:fs";
const failed = [];
for (const { place, file } of ${JSON.stringify(files)}) {
  try { await import(file); } catch (error) { failed.push(place + ": " + (error?.message ?? error)); }
}
writeFileSync(${JSON.stringify(`${folder}failed.json`)}, JSON.stringify(failed));
`,
    );
    execFileSync(process.execPath, [runner], { stdio: ["ignore", "ignore", "inherit"], timeout: 60_000 });
    return JSON.parse(readFileSync(`${folder}failed.json`, "utf8")) as string[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
