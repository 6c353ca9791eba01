/**
 * What must never be, as checks over the syntax trees of the sources. Each gives the places that break it.
 */
import { type Node, type Source, walk } from "./sources.ts";

/** A rule that one file can break by itself. */
export interface FileRule {
  name: string;
  broken(source: Source): string[];
}

const isApp = (home: string) => home.startsWith("apps/");
const isTool = (home: string) => home.startsWith("tools/");
const touchesMachine = (home: string) =>
  isApp(home) || isTool(home) || home === "packages/socket" || home === "packages/host";

const callsForeignCode = (home: string) =>
  home === "packages/socket" || home === "packages/host" || home === "tools/kernel-lab";

const at = (source: Source, node: Node, what: string) =>
  `${source.path}:${source.text.slice(0, node.start).split("\n").length}: ${what}`;

const imported = (source: Source, pattern: RegExp) => source.imports.filter((name) => pattern.test(name));

const topLevel = (source: Source): Node[] =>
  (source.program["body"] as Node[]).map((node) =>
    node.type === "ExportNamedDeclaration" && node["declaration"] != null
      ? (node["declaration"] as Node)
      : node,
  );

/** Global names through which a file reaches the machine. */
const machineGlobals = new Set([
  "process",
  "console",
  "Buffer",
  "globalThis",
  "setTimeout",
  "setInterval",
  "setImmediate",
]);

/** The rules of one file, one row a rule. */
export const fileRules: readonly FileRule[] = [
  {
    name: "koffi stays in socket and host, and the kernel lab",
    broken: (source) => (callsForeignCode(source.home) ? [] : imported(source, /^koffi/)),
  },
  {
    name: "nearley and moo stay in the grammars",
    broken: (source) => (/-grammar$/.test(source.home) ? [] : imported(source, /^(nearley|moo)/)),
  },
  {
    name: "modules of Node stay in apps, tools, socket and host",
    broken: (source) =>
      touchesMachine(source.home) ? [] : imported(source, /^node:|^(fs|os|net|process|util|path)$/),
  },
  {
    name: "process, console and their kind stay in apps, tools, socket and host",
    broken: (source) => (touchesMachine(source.home) ? [] : uses(source, machineGlobals)),
  },
  {
    name: "no module-level mutable state",
    broken: (source) =>
      topLevel(source)
        .filter((node) => node.type === "VariableDeclaration")
        .flatMap((node) => mutable(node).map((what) => at(source, node, what))),
  },
  {
    name: "no side effect on import",
    broken: (source) =>
      isTool(source.home)
        ? []
        : topLevel(source)
            .filter((node) =>
              /^(Expression|If|For|ForOf|ForIn|While|Try|Throw|Block)Statement$/.test(node.type),
            )
            .map((node) => at(source, node, "a statement that runs on import")),
  },
  {
    name: "no default export",
    broken: (source) =>
      topLevel(source)
        .filter((node) => node.type === "ExportDefaultDeclaration")
        .map((node) => at(source, node, "a default export")),
  },
  {
    name: "no enum",
    broken: (source) => {
      const found: string[] = [];
      walk(source.program, (node) => {
        if (node.type === "TSEnumDeclaration") found.push(at(source, node, "an enum"));
      });
      return found;
    },
  },
  {
    name: "a class is an error or a resource that is closed",
    broken: (source) => {
      const found: string[] = [];
      walk(source.program, (node) => {
        if (/^Class(Declaration|Expression)$/.test(node.type) && !isError(node) && !isResource(node)) {
          found.push(at(source, node, "a class that is neither"));
        }
      });
      return found;
    },
  },
];

function uses(source: Source, names: ReadonlySet<string>): string[] {
  const found: string[] = [];
  walk(source.program, (node, parent, key) => {
    if (node.type !== "Identifier" || !names.has(node["name"] as string)) return;
    const isName = key === "property" && parent?.["computed"] !== true;
    const isLabel = key === "key" && parent?.["computed"] !== true;
    if (!isName && !isLabel) found.push(at(source, node, node["name"] as string));
  });
  return found;
}

/** `let`, `var`, and constants that begin as an empty collection, which only makes sense to fill it later. */
function mutable(declaration: Node): string[] {
  if (declaration["kind"] !== "const") return [`${declaration["kind"]} at the top level`];
  return (declaration["declarations"] as Node[]).flatMap((one) => {
    const init = one["init"] as Node | null;
    const emptyCollection =
      (init?.type === "NewExpression" &&
        /^(Map|Set|WeakMap|WeakSet|Array)$/.test(String((init["callee"] as Node)["name"])) &&
        (init["arguments"] as Node[]).length === 0) ||
      (init?.type === "ArrayExpression" && (init["elements"] as Node[]).length === 0);
    return emptyCollection ? ["an empty collection at the top level"] : [];
  });
}

const isError = (node: Node) => /Error$/.test(String((node["superClass"] as Node | null)?.["name"] ?? ""));

const isResource = (node: Node) =>
  ((node["body"] as Node)["body"] as Node[]).some(
    (member) => member.type === "MethodDefinition" && (member["key"] as Node)["name"] === "close",
  );

/** A rule about which package may know which; reach is transitive. */
export interface LayerRule {
  name: string;
  from: RegExp;
  mayNotReach: RegExp;
}

/** The rules between packages, one row a rule. */
export const layerRules: readonly LayerRule[] = [
  {
    name: "a grammar does not know the wire",
    from: /-grammar$/,
    mayNotReach: /^@keysock\/(wire|socket|session|connect|engine|xfrm|host)$/,
  },
  {
    name: "a printer does not know a socket",
    from: /-printer$/,
    mayNotReach: /^@keysock\/(socket|session|connect|engine|xfrm)$/,
  },
  {
    name: "a compiler does not know a socket",
    from: /-compiler$/,
    mayNotReach: /^@keysock\/(socket|session|connect|engine|xfrm)$/,
  },
  { name: "the wire knows nobody", from: /^@keysock\/wire$/, mayNotReach: /^@keysock\// },
  {
    name: "nobody reads a socket but through a session",
    from: /^@keysock\/session$/,
    mayNotReach: /^@keysock\/(socket|connect|engine|xfrm)$/,
  },
];
