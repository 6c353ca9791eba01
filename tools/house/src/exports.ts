import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Node, root, type Source } from "./sources.ts";

/** Something that a package shows to the world, with the comment before it. */
export interface PublicExport {
  name: string;
  /** `packages/wire/src/decode.ts:12`. */
  place: string;
  isFunction: boolean;
  /** The TSDoc comment without its stars; undefined if there is none. */
  doc: string | undefined;
}

/** Everything that a package's entries export, re-exports followed. */
export function publicExports(home: string, all: readonly Source[]): PublicExport[] {
  const manifest = JSON.parse(readFileSync(`${root}${home}/package.json`, "utf8")) as {
    exports: Record<string, string | { default: string }>;
  };
  return Object.values(manifest.exports)
    .filter((entry) => typeof entry !== "string")
    .map((entry) => entry.default.replace("./dist/", `${home}/src/`).replace(/\.js$/, ".ts"))
    .flatMap((path) => exportsOf(path, all));
}

function exportsOf(path: string, all: readonly Source[]): PublicExport[] {
  const source = all.find((one) => one.path === path);
  if (source === undefined) throw new Error(`"${path}" is exported and has no source`);
  const from = (node: Node) => join(dirname(path), String((node["source"] as Node)["value"]));
  return (source.program["body"] as Node[]).flatMap((node) => {
    if (node.type === "ExportAllDeclaration") return exportsOf(from(node), all);
    if (node.type !== "ExportNamedDeclaration") return [];
    const declaration = node["declaration"] as Node | null;
    if (declaration !== null) return declared(source, node, declaration);
    const wanted = (node["specifiers"] as Node[]).map((one) => String((one["local"] as Node)["name"]));
    return node["source"] === null
      ? []
      : exportsOf(from(node), all).filter((one) => wanted.includes(one.name));
  });
}

function declared(source: Source, statement: Node, declaration: Node): PublicExport[] {
  const block = source.comments.filter(({ type, end }) => type === "Block" && end <= statement.start).at(-1);
  // A line comment, such as one for the formatter, may stand between.
  const between = block && source.text.slice(block.end, statement.start).replace(/^\s*\/\/.*$/gm, "");
  const doc =
    block?.value.startsWith("*") && between?.trim() === ""
      ? block.value.replace(/^\s*\* ?/gm, "").trim()
      : undefined;
  const place = `${source.path}:${source.text.slice(0, statement.start).split("\n").length}`;
  const names =
    declaration.type === "VariableDeclaration"
      ? (declaration["declarations"] as Node[]).map((one) => one["id"] as Node)
      : [declaration["id"] as Node];
  const isFunction =
    /Function/.test(declaration.type) ||
    (declaration.type === "VariableDeclaration" &&
      (declaration["declarations"] as Node[]).some((one) =>
        /Function/.test((one["init"] as Node | null)?.type ?? ""),
      ));
  return names.map((id) => ({ name: String(id["name"]), place, isFunction, doc }));
}

/** The programs in a text's ```ts fences. */
export function programs(text: string): string[] {
  return [...text.matchAll(/```ts\n(.*?)```/gs)].map((match) => match[1]!);
}
