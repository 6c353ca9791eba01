/** What can be wrong with the text of a command. What only its meaning shows (two SPIs, unknown hosts) is the compiler's. */
export type ProblemCode =
  // The command
  | "too-long"
  | "too-many-tokens"
  | "unknown-verb"
  | "unknown-sa-type"
  | "missing-sa-type"
  | "missing-file-name"
  | "too-many-words"
  | "not-from-shell"
  | "not-in-file"
  | "unfinished-line"
  | "unfinished-quote"
  | "glued-quote"
  // Attributes
  | "unknown-attribute"
  | "rejected-attribute"
  | "missing-value"
  | "not-a-number"
  | "number-too-large"
  | "unknown-state"
  | "unknown-identity-type"
  | "unknown-encapsulation"
  | "bad-prefix"
  | "not-hexadecimal"
  | "invalid-key"
  | "not-a-bit-count"
  | "too-many-bits"
  | "truncated-bits";

/** How the original reports a problem. */
export type Report =
  /** By itself, while it reads on; the command is not dropped for it. */
  | "at once"
  /** With the other collected ones, once the whole command is read; then the command is dropped. */
  | "collected"
  /** By itself; the command is dropped, the rest of it is not read, and what was collected is forgotten. */
  | "fatal"
  /** As a fatal one, and then the program ends. */
  | "ends"
  /** On standard error behind the name of the program; the command is dropped. */
  | "standard error"
  /** Not at all; but the command counts as failed. */
  | "silent";

/** One thing that is wrong with a command, or that its writer should know. */
export interface Problem {
  code: ProblemCode;
  /** In the default face an error drops the command, a warning does not. */
  severity: "error" | "warning";
  report: Report;
  /**
   * The text of today's illumos, line end included where it has one: exact for a command that was read with `compat: "illumos"`, and
   * then it may hold the text of a key.
   */
  original: string;
  /** In the words of the manual page and our own, without line end. Never the text of a key. */
  message: string;
  /** Where what was found begins: from 1, in bytes. */
  line: number;
  column: number;
  /** Index in `tokens`; undefined: the end of the command. */
  token: number | undefined;
  /** Undefined: nothing, or a secret. */
  found: string | undefined;
  /** What would have fitted: words of the language as they are, other things in plain words. */
  expected: readonly string[];
  /** The word that was meant, if what was found looks like one. */
  suggestion: string | undefined;
}
