// Puts dist/main.js of the app in whose folder it runs, with all that it imports, into dist/command.js.
import { copyFileSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { build } from "esbuild";

const { metafile } = await build({
  entryPoints: ["dist/main.js"],
  outfile: "dist/command.js",
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  external: ["koffi"],
  metafile: true,
  logLevel: "warning",
});

// A licence goes wherever its code goes.
const folders = new Set(Object.keys(metafile.inputs).map(dirname));
for (const folder of folders) {
  for (const name of readdirSync(folder)) {
    if (name.startsWith("LICENSE")) copyFileSync(join(folder, name), join("dist", basename(name)));
  }
}
