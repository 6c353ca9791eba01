import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fileRules, layerRules } from "./rules.ts";
import { homes, root, sources } from "./sources.ts";

const all = homes("packages", "apps", "tools").flatMap(sources);
const packageName = (home: string): string =>
  JSON.parse(readFileSync(`${root}${home}/package.json`, "utf8")).name as string;

/** Which @keysock package imports which, as the sources say. */
const graph = new Map<string, Set<string>>();
for (const source of all) {
  const from = packageName(source.home);
  const targets = graph.get(from) ?? new Set<string>();
  for (const name of source.imports) {
    const target = /^@keysock\/[^/]+/.exec(name)?.[0];
    if (target !== undefined && target !== from) targets.add(target);
  }
  graph.set(from, targets);
}

function reach(from: string): Set<string> {
  const seen = new Set<string>();
  const open = [...(graph.get(from) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(graph.get(next) ?? []));
  }
  return seen;
}

describe("what must never be", () => {
  it.each(fileRules)("$name", (rule) => {
    expect(all.flatMap((source) => rule.broken(source).map((what) => `${source.path}: ${what}`))).toEqual([]);
  });

  it.each(layerRules)("$name", ({ from, mayNotReach }) => {
    const broken = [...graph.keys()]
      .filter((name) => from.test(name))
      .flatMap((name) =>
        [...reach(name)].filter((other) => mayNotReach.test(other)).map((other) => `${name} -> ${other}`),
      );
    expect(broken).toEqual([]);
  });

  it("a package does not know an app or a tool", () => {
    const outside = new Set(homes("apps", "tools").map(packageName));
    const broken = homes("packages")
      .map(packageName)
      .flatMap((name) =>
        [...reach(name)].filter((other) => outside.has(other)).map((other) => `${name} -> ${other}`),
      );
    expect(broken).toEqual([]);
  });

  it("packages form no circle", () => {
    expect([...graph.keys()].filter((name) => reach(name).has(name))).toEqual([]);
  });

  it("a bin is at most three lines", () => {
    const long = homes("apps").flatMap((home) => {
      const bin = (JSON.parse(readFileSync(`${root}${home}/package.json`, "utf8")).bin ?? {}) as Record<
        string,
        string
      >;
      return Object.values(bin).filter(
        (file) => readFileSync(`${root}${home}/${file}`, "utf8").trimEnd().split("\n").length > 3,
      );
    });
    expect(long).toEqual([]);
  });

  it("every package, app and tool has a README and a description", () => {
    const missing = homes("packages", "apps", "tools").filter((home) => {
      const manifest = JSON.parse(readFileSync(`${root}${home}/package.json`, "utf8")) as {
        description?: string;
      };
      return (
        manifest.description === undefined || readFileSync(`${root}${home}/README.md`, "utf8").length === 0
      );
    });
    expect(missing).toEqual([]);
  });
});
