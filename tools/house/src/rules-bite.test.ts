import { parseSync } from "oxc-parser";
import { describe, expect, it } from "vitest";
import { fileRules } from "./rules.ts";
import type { Node, Source } from "./sources.ts";

interface File {
  home: string;
  text?: string;
  imports?: string[];
}

/** Files that break a rule, and the rule that must say so. */
// biome-ignore format: a table
const breaking: (File & { rule: string })[] = [
  { rule: "koffi stays in socket and host, and the kernel lab", home: "packages/wire", imports: ["koffi"] },
  { rule: "nearley and moo stay in the grammars", home: "packages/session", imports: ["nearley"] },
  { rule: "modules of Node stay in apps, tools, socket and host", home: "packages/engine", imports: ["node:fs"] },
  { rule: "process, console and their kind stay in apps, tools, socket and host", home: "packages/wire", text: "export const pid = () => process.pid;" },
  { rule: "process, console and their kind stay in apps, tools, socket and host", home: "packages/wire", text: "export const f = () => console.log(1);" },
  { rule: "no module-level mutable state", home: "packages/wire", text: "let count = 0; export const f = () => count++;" },
  { rule: "no module-level mutable state", home: "packages/wire", text: "const seen = new Map(); export const f = () => seen;" },
  { rule: "no module-level mutable state", home: "packages/wire", text: "export const seen: string[] = [];" },
  { rule: "no side effect on import", home: "packages/wire", text: "start();" },
  { rule: "no side effect on import", home: "apps/setkey", text: "if (ready) start();" },
  { rule: "no default export", home: "packages/wire", text: "export default 1;" },
  { rule: "no enum", home: "packages/wire", text: "export enum A { b }" },
  { rule: "a class is an error or a resource that is closed", home: "packages/wire", text: "export class Box { open() {} }" },
];

// biome-ignore format: a table
const allowed: File[] = [
  { home: "packages/socket", text: "export const pid = () => process.pid;", imports: ["koffi", "node:fs"] },
  { home: "packages/setkey-grammar", text: "export const a = 1;", imports: ["nearley"] },
  { home: "packages/wire", text: "export const table = new Map([[1, 2]]); export const f = (m: { process: number }) => m.process;" },
  { home: "packages/wire", text: "export class ShortError extends Error {} export class Socket { close() {} }" },
];

const source = ({ home, text = "", imports = [] }: File): Source => ({
  path: `${home}/src/x.ts`,
  home,
  text,
  program: parseSync("x.ts", text).program as unknown as Node,
  comments: [],
  imports,
});

describe("the rules bite", () => {
  it.each(breaking)("$rule: $text $imports", ({ rule, ...file }) => {
    const broken = fileRules.filter((one) => one.broken(source(file)).length > 0);
    expect(broken.map((one) => one.name)).toEqual([rule]);
  });

  it.each(allowed)("nothing to say of $home: $text", (file) => {
    expect(fileRules.flatMap((rule) => rule.broken(source(file)))).toEqual([]);
  });
});
