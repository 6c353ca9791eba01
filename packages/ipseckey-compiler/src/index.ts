/**
 * Commands of ipseckey(1M) to PF_KEY messages, for an illumos and for a Linux kernel.
 *
 * @packageDocumentation
 */
export { CommandError } from "./command-error.ts";
export { type Compiled, compile, type Step } from "./compile.ts";
export type { CompileContext, Face } from "./context.ts";
export { diagnose } from "./diagnose.ts";
export { overwriteKeys } from "./keys.ts";
export {
  type AttributeName,
  type LinuxCell,
  type LinuxRow,
  type LinuxVerb,
  linuxSupport,
} from "./linux-support.ts";
export type { CommandProblem, CompileProblemCode } from "./problem.ts";
