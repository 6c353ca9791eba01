import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (pattern: string) => fileURLToPath(new URL(pattern, import.meta.url));

// Tests read the sources, so that an edit shows without a build.
export default defineConfig({
  resolve: {
    alias: [
      { find: /^@keysock\/(goldens|kernel-lab)$/, replacement: source("./tools/$1/src/index.ts") },
      { find: /^@keysock\/([^/]+)$/, replacement: source("./packages/$1/src/index.ts") },
      { find: /^@keysock\/([^/]+)\/([^/]+)$/, replacement: source("./packages/$1/src/$2.ts") },
    ],
  },
  test: {
    include: ["{packages,apps,tools}/*/src/**/*.test.ts"],
    exclude: ["**/*.{kernel,lab}.test.ts"],
    env: { TZ: "UTC" },
    // No test is to fail because a machine is busy.
    testTimeout: 120_000,
  },
});
