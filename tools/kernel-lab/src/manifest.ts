import type { KernelTestResult } from "./kernel-test-result.ts";

/** What is wrong with a run in which each test must have been seen to pass. */
export function missing(manifest: readonly string[], results: readonly KernelTestResult[]): string[] {
  const seen = new Map(results.map((result) => [result.kernelTest, result.outcome]));
  const listed = new Set(manifest);
  return [
    ...manifest.filter((name) => !seen.has(name)).map((name) => `did not run: ${name}`),
    ...[...seen].filter(([, outcome]) => outcome === "skipped").map(([name]) => `was skipped: ${name}`),
    ...[...seen.keys()].filter((name) => !listed.has(name)).map((name) => `is not in the manifest: ${name}`),
  ];
}

/** The lines of a manifest file. */
export const readManifest = (text: string): string[] => text.split("\n").filter((line) => line !== "");

/** A manifest file of what ran. */
export const writeManifest = (results: readonly KernelTestResult[]): string =>
  [...new Set(results.map(({ kernelTest }) => kernelTest))]
    .sort()
    .map((name) => `${name}\n`)
    .join("");
