import { parseSync } from "oxc-parser";
import { describe, expect, it } from "vitest";
import { fileRules } from "./rules.ts";
import type { Node, Source } from "./sources.ts";

/** A file that breaks a rule, and the rule that must say so. */
const breaking: readonly (readonly [rule: string, home: string, text: string, imports?: string[]])[] = [
  ["koffi stays in socket and host", "packages/wire", "", ["koffi"]],
  ["nearley and moo stay in the grammars", "packages/session", "", ["nearley"]],
  ["modules of Node stay in apps, tools, socket and host", "packages/engine", "", ["node:fs"]],
  [
    "process, console and their kind stay in apps, tools, socket and host",
    "packages/wire",
    "export const pid = () => process.pid;",
  ],
  [
    "process, console and their kind stay in apps, tools, socket and host",
    "packages/wire",
    "export const f = () => console.log(1);",
  ],
  ["no module-level mutable state", "packages/wire", "let count = 0; export const f = () => count++;"],
  ["no module-level mutable state", "packages/wire", "const seen = new Map(); export const f = () => seen;"],
  ["no module-level mutable state", "packages/wire", "export const seen: string[] = [];"],
  ["no side effect on import", "packages/wire", "start();"],
  ["no side effect on import", "apps/setkey", "if (ready) start();"],
  ["no default export", "packages/wire", "export default 1;"],
  ["no enum", "packages/wire", "export enum A { b }"],
  ["a class is an error or a resource that is closed", "packages/wire", "export class Box { open() {} }"],
];

const allowed: readonly (readonly [home: string, text: string, imports?: string[]])[] = [
  ["packages/socket", "export const pid = () => process.pid;", ["koffi", "node:fs"]],
  ["packages/setkey-grammar", "export const a = 1;", ["nearley"]],
  [
    "packages/wire",
    "export const table = new Map([[1, 2]]); export const f = (m: { process: number }) => m.process;",
  ],
  ["packages/wire", "export class ShortError extends Error {} export class Socket { close() {} }"],
];

const source = (home: string, text: string, imports: string[] = []): Source => ({
  path: `${home}/src/x.ts`,
  home,
  text,
  program: parseSync("x.ts", text).program as unknown as Node,
  comments: [],
  imports,
});

describe("the rules bite", () => {
  it.each(breaking)("%s in %s", (rule, home, text, imports) => {
    const broken = fileRules.filter((one) => one.broken(source(home, text, imports)).length > 0);
    expect(broken.map((one) => one.name)).toEqual([rule]);
  });

  it.each(allowed)("nothing to say of %s %s", (home, text, imports) => {
    expect(fileRules.flatMap((rule) => rule.broken(source(home, text, imports)))).toEqual([]);
  });
});
