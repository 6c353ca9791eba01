import { createRequire } from "node:module";

/** koffi, loaded when it is asked for. This is the only place that loads it, so that a bundler has one line to replace. */
export function loadKoffi(): typeof import("koffi") {
  return createRequire(import.meta.url)("koffi");
}
