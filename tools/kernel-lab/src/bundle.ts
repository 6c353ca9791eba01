import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import type { TestFile } from "./test-files.ts";

/**
 * Puts each test with all that it imports into one file, `NAME.mjs`: a guest reads one file quickly and hundreds slowly.
 * The packages are taken as built.
 */
export async function bundle(tests: readonly TestFile[], folder: string): Promise<void> {
  await build({
    entryPoints: tests.map(({ name, path }) => ({ in: path, out: name })),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    external: ["koffi"],
    sourcemap: "inline",
    logLevel: "warning",
    plugins: [ownUrls],
    // What CommonJS packages expect.
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
  });
}

/** In a bundle, each module still finds its files and its koffi where they were. */
const ownUrls: Plugin = {
  name: "own-urls",
  setup({ onLoad }) {
    onLoad({ filter: /\/(packages|apps|tools)\/[^/]+\/(src|dist)\/.*\.[jt]s$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const contents = text.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href));
      return { contents, loader: path.endsWith(".ts") ? "ts" : "js" };
    });
  },
};
