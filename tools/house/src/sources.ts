import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseSync } from "oxc-parser";

/** A node of the ESTree that oxc gives. */
export interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

/** A source file that ships, with its syntax tree. */
export interface Source {
  /** From the root of the workspace: `packages/wire/src/decode.ts`. */
  path: string;
  /** `packages/wire`. */
  home: string;
  text: string;
  program: Node;
  comments: readonly { type: string; value: string; start: number; end: number }[];
  /** Specifiers of every static and dynamic import and re-export, types included. */
  imports: readonly string[];
}

/** The root of the workspace, with a slash at its end. */
export const root: string = fileURLToPath(new URL("../../../", import.meta.url));

/** Folders of all packages, apps and tools: `packages/wire`, ... */
export function homes(...kinds: ("packages" | "apps" | "tools")[]): string[] {
  return kinds.flatMap((kind) =>
    readdirSync(`${root}${kind}`, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${kind}/${entry.name}`),
  );
}

/** Every TypeScript file under a home's `src` that is built, tests and generated code aside. */
export function sources(home: string): Source[] {
  return readdirSync(`${root}${home}/src`, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !/(\.test|\.generated)\.ts$|(^|\/)testing\//.test(file))
    .map((file) => readSource(`${home}/src/${file}`, home));
}

function readSource(path: string, home: string): Source {
  const text = readFileSync(`${root}${path}`, "utf8");
  const parsed = parseSync(path, text);
  if (parsed.errors.length > 0) throw new Error(`${path}: ${parsed.errors[0]?.message}`);
  const program = parsed.program as unknown as Node;
  const { module } = parsed;
  const quoted = (range: { start: number; end: number }) =>
    text.slice(range.start, range.end).replace(/^['"`]|['"`]$/g, "");
  const imports = [
    ...module.staticImports.map((entry) => entry.moduleRequest.value),
    ...module.staticExports.flatMap((entry) =>
      entry.entries.flatMap((one) => one.moduleRequest?.value ?? []),
    ),
    ...module.dynamicImports.map((entry) => quoted(entry.moduleRequest)),
    ...requireCalls(program),
  ];
  return { path, home, text, program, comments: parsed.comments, imports: [...new Set(imports)] };
}

/** Specifiers of `require("...")` and `createRequire(...)("...")`. */
function requireCalls(program: Node): string[] {
  const found: string[] = [];
  walk(program, (node) => {
    const callee = node["callee"] as Node | undefined;
    const first = (node["arguments"] as Node[] | undefined)?.[0];
    if (node.type !== "CallExpression" || first?.type !== "Literal" || typeof first["value"] !== "string")
      return;
    const inner = callee?.type === "CallExpression" ? (callee["callee"] as Node) : callee;
    if (inner?.["name"] === "require" || inner?.["name"] === "createRequire") found.push(first["value"]);
  });
  return found;
}

/** Calls `visit` for a node and everything below it. */
export function walk(node: Node, visit: (node: Node, parent: Node | undefined, key: string) => void): void {
  const step = (current: Node, parent: Node | undefined, parentKey: string): void => {
    visit(current, parent, parentKey);
    for (const [key, value] of Object.entries(current)) {
      for (const child of Array.isArray(value) ? value : [value]) {
        if (child !== null && typeof child === "object" && typeof child.type === "string")
          step(child, current, key);
      }
    }
  };
  step(node, undefined, "");
}
