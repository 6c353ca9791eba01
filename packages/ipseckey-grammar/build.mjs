// Generates the parsers from their grammars, type checks, and bundles: nearley and moo go into dist/index.js, so that
// whoever installs this package gets neither of them with their command lines and their dependencies.
import { execFileSync } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

for (const name of ["ipseckey"]) generate(name);
if (!process.argv.includes("--generate")) {
  execFileSync("tsc", ["-b"], { cwd: here, stdio: "inherit" });
  await bundle();
}

/** src/NAME.ne to src/NAME.generated.ts. nearleyc's TypeScript is not strict; what it exports is typed where it is used. */
function generate(name) {
  const nearleyc = require.resolve("nearley/bin/nearleyc.js");
  const source = join(here, "src", `${name}.ne`);
  const generated = execFileSync(process.execPath, [nearleyc, source], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  writeFileSync(join(here, "src", `${name}.generated.ts`), `// @ts-nocheck\n${generated}`);
}

async function bundle() {
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: here,
    entryPoints: ["src/index.ts"],
    outfile: "dist/index.js",
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["main"],
    target: "es2023",
    sourcemap: true,
    logLevel: "warning",
  });
  // Both licences ask for their text to go wherever the code goes.
  for (const [name, file] of [
    ["nearley", "LICENSE.txt"],
    ["moo", "LICENSE"],
  ]) {
    copyFileSync(
      join(dirname(require.resolve(`${name}/package.json`)), file),
      join(here, `dist/LICENSE.${name}`),
    );
  }
}
